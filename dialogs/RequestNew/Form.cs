using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Dialogs.RequestNew;

// What was answered so far.
public sealed partial class RequestNew
{
    /// <summary>An address that the place may already be, as it stands in the list.</summary>
    public sealed record Candidate(AddressCode Code, string Line);

    public sealed class Form
    {
        /// <summary>Letters of the answer to "more is wanted".</summary>
        public const int LongestNote = 500;

        /// <summary>What was looked for before, as typed.</summary>
        public string Hint { get; set; } = "";

        /// <summary>Where the look-up searched (WGS-84 degrees).</summary>
        public GeoPoint? HintPlace { get; set; }

        /// <summary>What is certain in the hint.</summary>
        public AddressDetail? Begin { get; set; }

        public AddressCategory? Category { get; set; }
        public string? Name { get; set; }

        /// <summary>Asked, and there is none.</summary>
        public bool HasNoName { get; set; }

        public AddressDetail? Detail { get; set; }
        public Contact? Contact { get; set; }
        public GateFix? Gate { get; set; }
        public List<Candidate> Candidates { get; set; } = [];
        public List<AddressCode> NotThese { get; set; } = [];

        /// <summary>The candidate that is being looked at.</summary>
        public AddressCode? Looking { get; set; }

        /// <summary>The number of the request that wants more; null: a new one.</summary>
        public string? Answers { get; set; }

        /// <summary>What more is wanted, in the reviewer's words.</summary>
        public string? Wanted { get; set; }

        public string? Note { get; set; }

        /// <summary>The reviewer's question was not answered yet.</summary>
        public bool IsNoteOpen { get; set; }

        public RequestOutcome? Outcome { get; set; }

        /// <summary>A home's name is its people's; it may have none.</summary>
        public bool MayBeNameless => Category?.NameIsPublic != true;

        public bool IsNameAnswered => Name is not null || (HasNoName && MayBeNameless);

        public bool IsFilled => Category is not null && IsNameAnswered && Detail is not null && Contact is not null && Gate is not null && Candidates.Count == 0;

        public void TakeUp(OwnRequest wanted)
        {
            (Answers, Wanted, IsNoteOpen) = (wanted.Number, wanted.Reason, true);
            (Category, Name, Detail, Contact, Gate) = (wanted.Body.Category, wanted.Body.Name, wanted.Body.Detail, wanted.Body.Contact, wanted.Body.Gate);
            HasNoName = Name is null;
            NotThese = [.. wanted.Body.NotThese];
        }

        public RequestBody Body() => new()
        {
            Category = Category,
            Name = Name,
            Detail = Detail,
            Contact = Contact,
            Gate = Gate,
            NotThese = [.. NotThese.Distinct()],
            Note = Note,
        };

        public FilledForm Filled(AdministrativeUnits units) =>
            new(RequestKind.New, Body(), units.PresentOf(units[Detail!.Commune]).Key.Code, Answers: Answers);
    }
}
