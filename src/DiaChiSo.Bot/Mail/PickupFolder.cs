using MimeKit;

namespace DiaChiSo.Bot.Mail;

/// <summary>Until a mail server is set: each letter is a file that any mail program opens. The same letter is the same file.</summary>
internal sealed class PickupFolder(string folder) : IMailCarrier, IMailRound
{
    public Task<IMailRound> Begin(CancellationToken ct) => Task.FromResult<IMailRound>(this);

    public async Task Carry(MimeMessage letter, CancellationToken ct)
    {
        var name = letter.MessageId!.Split('@')[0];
        var half = Path.Combine(folder, name + ".half");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        await using (var file = new FileStream(half, options))
        {
            await letter.WriteToAsync(file, ct);
        }
        // Who watches the folder never sees half a letter.
        File.Move(half, Path.Combine(folder, name + ".eml"), overwrite: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
