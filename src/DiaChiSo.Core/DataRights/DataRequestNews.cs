using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Core.DataRights;

/// <summary>Who is told what: the officers of the area by the words of DataRequests, with a door; the person by those of MyData, in the chat and by e-mail.</summary>
internal static class DataRequestNews
{
    private const string ToOfficers = "DataRequests";
    private const string ToPeople = "MyData";

    /// <summary>Tells those who hold the office's right there, never the person about themselves, and winds the row's clock up.</summary>
    public static async Task TellOfficers(EffectScope scope, DataRequest request, string section, CancellationToken ct)
    {
        var holders = await Officers(scope, request.Commune, ct);
        holders.Remove(request.PersonId);
        if (holders.Count == 0)
        {
            // Nobody is there: health says so, and the clock looks again, so that an officer who comes later is told.
            request.LookAt = scope.Now + Limits.OfficerLookedForEvery;
            return;
        }
        var awaited = DataDeadlines.Awaited(request.Status, request.AnswerBy, request.DoneBy);
        foreach (var officer in holders)
        {
            var holes = new Dictionary<string, string> { ["number"] = request.Number, ["day"] = DataRequestWords.Day(awaited) };
            await new Tell(officer, ToOfficers, request.ToldAt is null ? "notice-new" : section, holes, request.Number, ToOfficers, new Query(request.Number)).Apply(scope, ct);
        }
        request.ToldAt ??= scope.Now;
        request.LookAt = scope.Get<DataDeadlines>().NextLook(request, scope.Now);
    }

    /// <param name="verdict">The end of the headings: <c>notice-data-done</c>, <c>mail-data-done</c>.</param>
    public static async Task TellPerson(EffectScope scope, DataRequest request, string verdict, CancellationToken ct)
    {
        var holes = new Dictionary<string, string>
        {
            ["number"] = request.Number,
            ["kind"] = request.Kind.In(request.Language),
            ["reply"] = request.Reply ?? "",
            ["day"] = DataRequestWords.Day(request.DoneBy),
        };
        await new Tell(request.PersonId, ToPeople, $"notice-data-{verdict}", holes, request.Number).Apply(scope, ct);
        if (await Reach.EmailFor(scope.Db, request.PersonId, ct) is { } email)
        {
            await new Mail(email, ToPeople, $"mail-data-{verdict}", holes, request.Language).Apply(scope, ct);
        }
    }

    private static async Task<HashSet<long>> Officers(EffectScope scope, string? commune, CancellationToken ct)
    {
        var communes = commune is not null ? [commune] : scope.Get<ServedArea>().UnitsIn(scope.Get<AdministrativeUnits>()).Select(unit => unit.Key.Code).ToList();
        var holders = new HashSet<long>();
        foreach (var one in communes)
        {
            holders.UnionWith(await scope.Get<Policy>().Holders(Right.Office, one, scope.Now, ct));
        }
        return holders;
    }
}
