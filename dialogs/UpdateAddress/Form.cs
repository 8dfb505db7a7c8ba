using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Dialogs.UpdateAddress;

// What was answered so far.
public sealed partial class UpdateAddress
{
    public sealed class Form
    {
        /// <summary>Letters of the answer to "more is wanted".</summary>
        public const int LongestNote = 500;

        /// <summary>What to look the address up with.</summary>
        public Query? Query { get; set; }

        public AddressCode? Code { get; set; }

        /// <summary>The register no longer has it, or it was withdrawn.</summary>
        public bool IsGone { get; set; }

        /// <summary>The version of the address as it was seen.</summary>
        public int Version { get; set; }

        public SeenAddress? Seen { get; set; }

        /// <summary>Which of the following are to be changed.</summary>
        public List<RequestField> Changed { get; set; } = [];

        public AddressCategory? Category { get; set; }
        public string? Name { get; set; }
        public AddressDetail? Detail { get; set; }
        public Contact? Contact { get; set; }
        public GateFix? Gate { get; set; }

        /// <summary>The number of the request that wants more; null: a new one.</summary>
        public string? Answers { get; set; }

        /// <summary>What more is wanted, in the reviewer's words.</summary>
        public string? Wanted { get; set; }

        public string? Note { get; set; }

        /// <summary>The reviewer's question was not answered yet.</summary>
        public bool IsNoteOpen { get; set; }

        public RequestOutcome? Outcome { get; set; }

        public bool Has(RequestField field) => Changed.Contains(field);

        /// <summary>What is changed, in the order in which it is shown.</summary>
        public IReadOnlyList<RequestField> InOrder => [.. Changed.Order()];

        public AddressCategory? CategoryAsWished => Has(RequestField.Category) ? Category : Seen?.Category;
        public string? NameAsWished => Has(RequestField.Name) ? Name : Seen?.Name;
        public AddressDetail? DetailAsWished => Has(RequestField.Detail) ? Detail : Seen?.Detail;

        public void Forget() => (Code, Seen, Query) = (null, null, null);

        public void TakeUp(OwnRequest wanted)
        {
            var body = wanted.Body;
            (Answers, Wanted, IsNoteOpen) = (wanted.Number, wanted.Reason, true);
            (Category, Name, Detail, Contact, Gate) = (body.Category, body.Name, body.Detail, body.Contact, body.Gate);
            Changed = [.. body.Changed];
        }

        public RequestBody Body() => new()
        {
            Category = Has(RequestField.Category) ? Category : null,
            Name = Has(RequestField.Name) ? Name : null,
            Detail = Has(RequestField.Detail) ? Detail : null,
            Contact = Has(RequestField.Contact) ? Contact : null,
            Gate = Has(RequestField.Gate) ? Gate : null,
            Changed = InOrder,
            Seen = Seen,
            Note = Note,
        };

        /// <summary>It goes to the reviewers of the commune in which the address lies now.</summary>
        public FilledForm Filled() => new(RequestKind.Update, Body(), Seen!.Detail.Commune.Code, Code, Version, Answers);
    }
}
