using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace DiaChiSo.Core.Store;

/// <summary>This column can hold a person's words, name, phone or e-mail: it is sealed at rest (ASP.NET Data Protection, keys outside the database).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SealedAttribute : Attribute;

/// <summary>Seals what a person wrote, and makes the keyed hashes by which a sealed value can be found again.</summary>
public sealed class Secrets
{
    private readonly IDataProtectionProvider provider;
    private readonly IDataProtector protector;
    private readonly byte[] hashKey;

    /// <param name="provider">Its key ring lies outside the database.</param>
    /// <param name="hashKey">32 bytes, kept beside the key ring; losing it loses only the finding of e-mails.</param>
    public Secrets(IDataProtectionProvider provider, byte[] hashKey)
    {
        this.provider = provider;
        protector = provider.CreateProtector("DiaChiSo.Columns.v1");
        this.hashKey = hashKey.Length == 32 ? hashKey : throw new ArgumentException("the hash key has 32 bytes", nameof(hashKey));
    }

    /// <summary>For what leaves the database: tokens, cookies. Each purpose has its own keys, so that one cannot stand for another.</summary>
    public IDataProtector For(string purpose) => provider.CreateProtector("DiaChiSo." + purpose);

    public byte[] Seal(string clear) => protector.Protect(Encoding.UTF8.GetBytes(clear));

    /// <exception cref="CryptographicException">The key ring does not have the key: another machine's file, or the keys were lost.</exception>
    public string Open(byte[] kept) => Encoding.UTF8.GetString(protector.Unprotect(kept));

    /// <summary>The same value has the same hash, and nobody without the key can try values out. 22 characters.</summary>
    public string Hash(string purpose, string value) =>
        Convert.ToBase64String(HMACSHA256.HashData(hashKey, Encoding.UTF8.GetBytes(purpose + "\0" + value)).AsSpan(0, 16)).TrimEnd('=');

    /// <summary>Keys in <paramref name="folder"/>/keys, made on the first run (files 0600, folders 0700).</summary>
    public static Secrets InFolder(string folder)
    {
        var keys = Directory.CreateDirectory(Path.Combine(folder, "keys"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keys.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        var provider = DataProtectionProvider.Create(keys, setup => setup.SetApplicationName("DiaChiSo.Bot"));
        var file = Path.Combine(keys.FullName, "hash.key");
        if (!File.Exists(file))
        {
            var fresh = RandomNumberGenerator.GetBytes(32);
            var half = file + ".new";
            using (var stream = new FileStream(half, OperatingSystem.IsWindows()
                ? new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write }
                : new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
                stream.Write(fresh);
                stream.Flush(flushToDisk: true);
            }
            File.Move(half, file, overwrite: true);
        }
        return new Secrets(provider, File.ReadAllBytes(file));
    }
}
