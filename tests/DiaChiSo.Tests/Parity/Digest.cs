using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Parity;

/// <summary>The register, the requests, the records and the rights as text: two replays that end alike have the same.</summary>
internal static partial class Digest
{
    private static readonly Type[] Of = [typeof(DigitalAddress), typeof(RegisterChange), typeof(Request), typeof(Confirmation), typeof(RoleGrant), typeof(Consent), typeof(DraftRow), typeof(Ownership)];

    public static async Task<string> In(BotDb db)
    {
        var written = new StringBuilder();
        foreach (var type in Of)
        {
            var entity = db.Model.FindEntityType(type)!;
            var rows = (IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(type).Invoke(db, null)!;
            // Which channel it was is the one difference that there may be: the notice of a consent names it, too. A stamp is a random mark of one register.
            var properties = entity.GetProperties().Where(property => property.Name is not ("Channel" or "Stamp") && (type, property.Name) != (typeof(Consent), nameof(Consent.Version)))
                .OrderBy(property => property.Name, StringComparer.Ordinal).ToList();
            foreach (var row in (await rows.AsNoTracking().ToListAsync()).Select(row => string.Join(", ", properties.Select(property => $"{property.Name}={(IsKeyed(property.Name) ? property.PropertyInfo?.GetValue(row) is not null : Text(property.PropertyInfo?.GetValue(row)))}"))).Order(StringComparer.Ordinal))
            {
                written.Append(CultureInfo.InvariantCulture, $"{type.Name}: {row}\n");
            }
        }
        return ChannelForm().Replace(written.ToString(), "");
    }

    // Each stage has keys of its own: that there is a hash is the same, not which.
    private static bool IsKeyed(string name) => name.EndsWith("Hash", StringComparison.Ordinal);

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        System.Collections.IEnumerable many and not string => string.Join('|', many.Cast<object?>().Select(Text)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // In a record's sealed part.
    [GeneratedRegex(",?\"channel\":\"[a-z-]+\"")]
    private static partial Regex ChannelForm();
}
