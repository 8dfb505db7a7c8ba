using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Owners;

/// <summary>
/// What an owner is told in the chat, by the words of MyAddresses: somebody else asks to change the address, it was changed, it was confirmed, or it is
/// theirs no more. Never who asked: a requester's data are the requester's.
/// </summary>
internal static class OwnerNews
{
    private const string Words = "MyAddresses";
    private const string Ended = "notice-ended";

    /// <summary>A request to change the address came in.</summary>
    public static async Task Asked(EffectScope scope, Request request, CancellationToken ct)
    {
        if (request.Kind != RequestKind.Update || request.TargetCode is not { } code)
        {
            return;
        }
        foreach (var owner in await Standing(scope, code, ct))
        {
            if (owner.PersonId != request.PersonId)
            {
                var language = await LanguageOf(scope, owner.PersonId, ct);
                await Tell(scope, owner.PersonId, "notice-asked", code, string.Join(", ", request.Body.Changed.Select(field => field.In(language).ToLowerInvariant())), ct);
            }
        }
    }

    /// <summary>The address was written to: <paramref name="section"/> is told to its owners, or that they are it no more.</summary>
    /// <param name="by">Who asked for it, and knows; null: nobody who could be an owner.</param>
    public static async Task Written(EffectScope scope, AddressCode code, string section, long? by, CancellationToken ct)
    {
        var secrets = scope.Get<Secrets>();
        var address = await scope.Db.Set<DigitalAddress>().FindAsync([code], ct);
        foreach (var owner in await Rows(scope, code, ct))
        {
            if (owner.PersonId == by)
            {
                // One's own name may be corrected at one's own wish.
                owner.TakeAsOwn(address is null ? null : PrivatePart.Of(address).Contact, secrets);
                continue;
            }
            if (owner.IsOver(address, secrets) is { } why)
            {
                owner.End(why, scope.Now);
                await Tell(scope, owner.PersonId, Ended, code, "", ct);
                continue;
            }
            if (owner.NameHash is null && address is not null)
            {
                // The first contact on record after the proof is taken to be the owner's.
                owner.TakeAsOwn(PrivatePart.Of(address).Contact, secrets);
            }
            await Tell(scope, owner.PersonId, section, code, "", ct);
        }
    }

    private static Task<List<Ownership>> Rows(EffectScope scope, AddressCode code, CancellationToken ct) =>
        scope.Db.Set<Ownership>().Where(row => row.Code == code && row.EndedAt == null).OrderBy(row => row.Id).ToListAsync(ct);

    private static async Task<IEnumerable<Ownership>> Standing(EffectScope scope, AddressCode code, CancellationToken ct)
    {
        var address = await scope.Db.Set<DigitalAddress>().FindAsync([code], ct);
        return (await Rows(scope, code, ct)).Where(row => row.IsOver(address, scope.Get<Secrets>()) is null).DistinctBy(row => row.PersonId);
    }

    private static async Task<string> LanguageOf(EffectScope scope, long personId, CancellationToken ct) =>
        await scope.Db.Conversations.Where(row => row.PersonId == personId && !row.IsGone).OrderByDescending(row => row.LastHeardAt).Select(row => row.Language).FirstOrDefaultAsync(ct) ?? Texts.Languages[0];

    private static async Task Tell(EffectScope scope, long owner, string section, AddressCode code, string fields, CancellationToken ct)
    {
        var about = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"own {code} {owner}");
        // One door to one address is enough, and none where it is theirs no more.
        await new CloseDoors(about).Apply(scope, ct);
        var opens = section == Ended ? null : Words;
        await new Tell(owner, Words, section, new Dictionary<string, string> { ["code"] = code.Grouped, ["fields"] = fields }, about, opens, new Query(code.ToString())).Apply(scope, ct);
    }
}
