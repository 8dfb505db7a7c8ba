using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiaChiSo.Core.Turns;

/// <summary>How state is written down: one JSON, compact, tolerant of fields that a later release adds or drops.</summary>
public static class Saved
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        AllowOutOfOrderMetadataProperties = true,
    };
}

/// <summary>One dialog on the stack, as it is saved.</summary>
public sealed class Frame
{
    public required string Dialog { get; init; }
    public int Version { get; set; }
    public string? State { get; set; }
    public JsonElement? Draft { get; set; }

    /// <summary>The review state to come back to, while an earlier answer is being changed.</summary>
    public string? Changing { get; set; }

    /// <summary>Put on top by a side question: its answer does not wait for a button.</summary>
    public bool IsAside { get; set; }

    /// <summary>Its form was handed in: nothing of it is half-filled any more.</summary>
    public bool HasHandedIn { get; set; }

    /// <summary>Something was answered since it was opened: leaving it would lose that.</summary>
    public bool HasAnswers { get; set; }

    public Frame Copy() => (Frame)MemberwiseClone();
}

/// <summary>A choice as it was offered: what it says and what it does.</summary>
public sealed record Offer(string Label, string Does, int? Number);

/// <summary>Everything a conversation remembers: the dialogs on top of each other, the answers that can be taken back, the choices last shown.</summary>
public sealed class Talk
{
    /// <summary>Raised when what is saved changes its shape; the saved states of every release stay in the tests.</summary>
    public const int CurrentVersion = 1;

    public int V { get; set; } = CurrentVersion;

    /// <summary>From the home page (first) to the dialog that speaks (last).</summary>
    public List<Frame> Stack { get; set; } = [];

    /// <summary>The stack before each answer, oldest first.</summary>
    public List<List<Frame>> Past { get; set; } = [];

    public List<Offer> Offered { get; set; } = [];

    /// <summary>The buttons of the last notices (doors), for who types their words; the newest first.</summary>
    public List<Offer> Noticed { get; set; } = [];

    /// <summary>A reminder row stands in the timers for this conversation.</summary>
    public bool HasReminder { get; set; }

    /// <summary>The turn that showed <see cref="Offered"/>.</summary>
    public long OfferedAt { get; set; }

    [JsonIgnore]
    public Frame Top => Stack[^1];

    public List<Frame> Snapshot() => Stack.ConvertAll(frame => frame.Copy());

    public void Remember(List<Frame> before)
    {
        Past.Add(before);
        if (Past.Count > Limits.Past)
        {
            Past.RemoveAt(0);
        }
    }
}
