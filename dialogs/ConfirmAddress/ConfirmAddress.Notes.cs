using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Dialogs.ConfirmAddress;

public sealed partial class ConfirmAddress
{
    /// <summary>What was answered so far.</summary>
    public sealed class Notes
    {
        public string Words { get; set; } = "";
        public GeoPoint? Place { get; set; }
        public List<AddressCode> Matches { get; set; } = [];

        public AddressCode? Code { get; set; }

        /// <summary>Code of today's commune, as soon as an address in the collaborator's area stands on the page.</summary>
        public string? Commune { get; set; }

        /// <summary>Its village, empty where it has none on record.</summary>
        public string? Village { get; set; }

        public int SeenVersion { get; set; }
        public bool ShowsPhone { get; set; }
        public RequestBody Corrections { get; set; } = new();
        public VisitOutcome Outcome { get; set; }
        public DateOnly? ComeAgainOn { get; set; }
        public AddressCode? Original { get; set; }
        public string? Note { get; set; }
        public VisitResult? Result { get; set; }

        public void Correct(RequestField field, Func<RequestBody, RequestBody> change) =>
            Corrections = change(Corrections) with { Changed = [.. Corrections.Changed.Append(field).Distinct().Order()] };

        /// <summary>What was said last is what the record says already.</summary>
        public void Uncorrect(RequestField field, Func<RequestBody, RequestBody> change) =>
            Corrections = change(Corrections) with { Changed = [.. Corrections.Changed.Where(changed => changed != field)] };

        /// <summary>On to the next address.</summary>
        public void Forget()
        {
            (Words, Place, Matches, Code, Commune, Village, SeenVersion, ShowsPhone) = ("", null, [], null, null, null, 0, false);
            (Corrections, Outcome, ComeAgainOn, Original, Note, Result) = (new(), VisitOutcome.Done, null, null, null, null);
        }
    }
}
