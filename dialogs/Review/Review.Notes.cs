using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Dialogs.Review;

// What is remembered between two turns.
public sealed partial class Review
{
    public sealed class Notes
    {
        public QueueFilter Filter { get; set; } = QueueFilter.None;

        /// <summary>Requests on the pages before.</summary>
        public int Skipped { get; set; }

        /// <summary>What the queue's page offered: numbers of requests, and behind them other things to do.</summary>
        public List<string> Shown { get; set; } = [];

        /// <summary>What the filters' page offered.</summary>
        public List<QueueFilter> Filters { get; set; } = [];

        /// <summary>Groups of requests that are alike, as they were shown.</summary>
        public List<AlikeRequests> Groups { get; set; } = [];

        /// <summary>The group to be approved, as it was shown.</summary>
        public AlikeRequests? Alike { get; set; }

        public List<RequestOutcome> Outcomes { get; set; } = [];

        /// <summary>The request on the table.</summary>
        public string Number { get; set; } = "";

        public RequestKind Kind { get; set; }

        /// <summary>The address that it wants changed.</summary>
        public AddressCode? Target { get; set; }

        /// <summary>Code of the commune of today in which the right must hold.</summary>
        public string? Commune { get; set; }

        /// <summary>It is approved and waits for its code only.</summary>
        public bool WaitsForCode { get; set; }

        /// <summary>One's own answer of minutes ago.</summary>
        public bool MayTakeBack { get; set; }

        /// <summary>The version of the address that was shown beside the wish.</summary>
        public int? SeenVersion { get; set; }

        /// <summary>Fields were changed since, or another request wishes them otherwise: they are decided one by one.</summary>
        public bool IsContested { get; set; }

        /// <summary>What it wishes to change.</summary>
        public List<RequestField> Fields { get; set; } = [];

        /// <summary>Of those, decided: to be written as wished.</summary>
        public List<RequestField> Taken { get; set; } = [];

        /// <summary>Of those, decided: to stay as they are.</summary>
        public List<RequestField> Kept { get; set; } = [];

        public bool ShowsPhone { get; set; }
        public Decision Decision { get; set; }
        public AddressCode? Issued { get; set; }

        /// <summary>The reviewer's words to the requester.</summary>
        public string Words { get; set; } = "";

        /// <summary>Ten figures of an address, or another request's number.</summary>
        public string Original { get; set; } = "";

        public RequestOutcome? Outcome { get; set; }

        public bool IsLastField => Taken.Count + Kept.Count >= Fields.Count - 1;

        /// <summary>The field that is asked about.</summary>
        public RequestField? FieldAsked => Taken.Count + Kept.Count < Fields.Count ? Fields[Taken.Count + Kept.Count] : null;

        /// <summary>The request is on the table as it is now.</summary>
        public void Look(ReviewedRequest? request)
        {
            if (request is null)
            {
                return;
            }
            (Kind, Target, Commune, SeenVersion, Outcome) = (request.Kind, request.Target?.Code, request.Commune.Key.Code, request.Target?.Version, null);
            (WaitsForCode, IsContested) = (request.Status == RequestStatus.WaitingForCode, request.Conflicts.Count + request.Rivals.Count > 0);
            Fields = [.. request.Body.Changed];
            ForgetFields();
        }

        public void BeginFields() => (Taken, Kept, Words) = ([], [], "");

        public void ForgetFields() => (Taken, Kept) = ([], []);

        public void Decide(bool isTaken)
        {
            if (FieldAsked is { } field)
            {
                (isTaken ? Taken : Kept).Add(field);
            }
        }

        public void LeaveTheTable()
        {
            (Number, Target, Commune, SeenVersion, Issued, Words, Original, Outcome) = ("", null, null, null, null, "", "", null);
            (WaitsForCode, MayTakeBack, IsContested, Fields, Alike, Outcomes, Groups) = (false, false, false, [], null, [], []);
            ForgetFields();
        }
    }
}
