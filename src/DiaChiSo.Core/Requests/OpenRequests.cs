using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// The requests that wait while files are imported. What the post office hands over is its answer: a row with the request's number, or the
/// one new address of the same place and words. Where two may be meant nothing is decided; the reviewer sees both.
/// </summary>
internal sealed class OpenRequests
{
    private readonly Dictionary<string, Waiting> byNumber;
    private readonly ILookup<string, Waiting> newByCommune;
    private readonly ILookup<AddressCode, Waiting> updatesByCode;

    private OpenRequests(IReadOnlyList<Waiting> all)
    {
        byNumber = all.ToDictionary(waiting => waiting.Number);
        newByCommune = all.Where(waiting => waiting.Kind == RequestKind.New).ToLookup(waiting => waiting.Commune);
        updatesByCode = all.Where(waiting => waiting.Kind == RequestKind.Update).ToLookup(waiting => waiting.Target);
    }

    /// <summary>The numbers that were answered, or would be; known after <see cref="Answer"/>.</summary>
    public HashSet<string> Answered { get; } = [];

    private sealed record Waiting(string Number, RequestKind Kind, string Commune, AddressCode Target, RequestBody Body)
    {
        public HashSet<AddressCode> ByNumber { get; } = [];
        public HashSet<AddressCode> ByWords { get; } = [];
        public RowPlace Place { get; set; }
        public bool IsOfOtherCommune { get; set; }

        public override string ToString() => Number;
    }

    public static async Task<OpenRequests> Read(BotDb db, CancellationToken ct)
    {
        var rows = await db.Set<Request>().AsNoTracking()
            .Where(row => row.Status == RequestStatus.Sent || row.Status == RequestStatus.BeingVerified || row.Status == RequestStatus.MoreWanted
                || row.Status == RequestStatus.WaitingForCode).ToListAsync(ct);
        return new([.. rows.Select(row => new Waiting(row.Number, row.Kind, new UnitKey(UnitSystem.Since2025, row.Commune).ToString(), row.TargetCode ?? default, row.Body))]);
    }

    /// <summary>An address that the register did not have.</summary>
    public void SeeNew(HandedAddress handed)
    {
        if (byNumber.Count == 0 || SeeNumber(handed, handed.Commune))
        {
            return;
        }
        foreach (var waiting in newByCommune[handed.Commune].Where(waiting => SameAddress.Is(waiting.Body, handed)))
        {
            waiting.ByWords.Add(handed.Code);
            waiting.Place = handed.Place;
        }
    }

    /// <summary>An address that the register has, as it is after the file.</summary>
    public void SeeKnown(RegisterRow row, HandedAddress handed)
    {
        if (byNumber.Count == 0 || SeeNumber(handed, row.Commune))
        {
            return;
        }
        foreach (var waiting in updatesByCode[row.Code].Where(waiting => SameAddress.HasAllWishes(waiting.Body, row)))
        {
            waiting.ByNumber.Add(row.Code);
            waiting.Place = handed.Place;
        }
    }

    private bool SeeNumber(HandedAddress handed, string commune)
    {
        if (handed.RequestNumber is not { } number || !byNumber.TryGetValue(number, out var waiting))
        {
            return false;
        }
        waiting.ByNumber.Add(handed.Code);
        waiting.Place = handed.Place;
        waiting.IsOfOtherCommune |= waiting.Kind == RequestKind.New ? commune != waiting.Commune : handed.Code != waiting.Target;
        return true;
    }

    /// <summary>Answers what is certain, tells those people, and lists what is not certain. A dry run only lists.</summary>
    public async Task Answer(BotDb db, IServiceProvider services, AdministrativeUnits units, bool isForReal, DateTimeOffset now, ImportFindings findings, CancellationToken ct)
    {
        var claims = byNumber.Values.SelectMany(waiting => waiting.ByWords).GroupBy(code => code).ToDictionary(group => group.Key, group => group.Count());
        foreach (var waiting in byNumber.Values.Where(waiting => waiting.ByNumber.Count + waiting.ByWords.Count > 0).OrderBy(waiting => waiting.Number, StringComparer.Ordinal))
        {
            var (code, doubt) = waiting switch
            {
                { IsOfOtherCommune: true } => (default(AddressCode?), "its number stands in a row of another commune or address"),
                { ByNumber.Count: > 1 } => (null, "its number stands in more than one row"),
                { ByNumber.Count: 1 } => (waiting.ByNumber.Single(), ""),
                { ByWords.Count: > 1 } => (null, "more than one new address has its words"),
                _ when claims[waiting.ByWords.Single()] > 1 => (null, "the new address has the words of more than one request"),
                _ => (waiting.ByWords.Single(), ""),
            };
            if (code is not { } issued)
            {
                findings.Add(FindingKind.NotMatched, waiting.Place, field: waiting.Number, note: doubt + "; its reviewer decides");
                continue;
            }
            findings.Add(FindingKind.Answered, waiting.Place, issued, waiting.Number, note: waiting.ByNumber.Count == 1 ? "by its number or its wishes" : "by the same place and words");
            Answered.Add(waiting.Number);
            if (isForReal)
            {
                await AnswerOne(db, services, units, waiting.Number, issued, now, ct);
            }
        }
    }

    private static async Task AnswerOne(BotDb db, IServiceProvider services, AdministrativeUnits units, string number, AddressCode code, DateTimeOffset now, CancellationToken ct)
    {
        var request = await db.Set<Request>().SingleAsync(row => row.Number == number, ct);
        if (request.Kind == RequestKind.New)
        {
            var row = await db.Set<DigitalAddress>().FindAsync([code], ct);
            await SameAddress.WhatIsMissing(row!, request.Body).ApplyTo(db, code, number, now, ct);
            request.IssuedCode = code;
        }
        new RequestLifecycle(request).Take(RequestStep.HandedOver);
        (request.DecidedBy, request.DecidedAt, request.ClaimedBy, request.ClaimedAt, request.Reason) = (null, now, null, null, null);
        request.Version++;
        db.WriteAsHost(now, AuditAct.RequestAnswered, code, number);
        await db.SaveChangesAsync(ct);
        var scope = new EffectScope(db, new TurnContext(request.PersonId, 0, request.Language, now, "import"), services);
        await RequestNews.TellRequester(scope, request, request.Kind == RequestKind.New ? "code-issued" : "changed", ct, mailWaits: false);
        if (request.Kind == RequestKind.Update)
        {
            await OwnerNews.Written(scope, code, "notice-changed", by: request.PersonId, ct);
        }
        await db.SaveChangesAsync(ct);
    }
}
