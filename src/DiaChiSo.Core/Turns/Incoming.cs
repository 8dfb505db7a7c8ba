using System.Text.Json;
using System.Text.Json.Serialization;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// What a person did, with the channel taken off. A channel's receiver makes it, the inbox keeps it (sealed), a dialog hears it.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Commanded), "commanded")]
[JsonDerivedType(typeof(Pressed), "pressed")]
[JsonDerivedType(typeof(SharedPlace), "place")]
[JsonDerivedType(typeof(SharedContact), "contact")]
[JsonDerivedType(typeof(SentPhoto), "photo")]
[JsonDerivedType(typeof(SentThing), "thing")]
[JsonDerivedType(typeof(Arrived), "arrived")]
[JsonDerivedType(typeof(Departed), "departed")]
[JsonDerivedType(typeof(CameBack), "back")]
[JsonDerivedType(typeof(Noticed), "noticed")]
[JsonDerivedType(typeof(TimerRang), "timer")]
public abstract record Incoming;

/// <summary>Words, exactly as typed (at most <see cref="Limits.WordsHeard"/> characters are kept).</summary>
public sealed record Said(string Words) : Incoming;

/// <summary>A command such as <c>/tracuu 3260612345</c>: its name without the slash, in lower case, and what followed it.</summary>
public sealed record Commanded(string Name, string? Argument = null) : Incoming;

/// <summary>A button. <paramref name="Data"/> is what the page gave it (<see cref="Stamp"/> or a door); <paramref name="Ticket"/> lets the channel show a toast.</summary>
public sealed record Pressed(string Data, string? Ticket = null) : Incoming;

/// <summary>A position: a pin, a venue, or a fix of a live location.</summary>
/// <param name="Point">WGS-84 degrees.</param>
/// <param name="AccuracyMetres">68 % radius as the phone says it, or null where the channel does not tell.</param>
/// <param name="Kind">How it was shared.</param>
/// <param name="Words">The venue's name, if any.</param>
public sealed record SharedPlace(GeoPoint Point, double? AccuracyMetres = null, PlaceKind Kind = PlaceKind.Pin, string? Words = null) : Incoming;

public enum PlaceKind { Pin, Venue, LiveStart, LiveUpdate }

/// <summary>A contact card. Only the sender's own one says something about the sender.</summary>
public sealed record SharedContact(string Phone, string Name, bool IsOwn) : Incoming;

/// <summary>A photo: the channel's key to fetch it by, and its caption.</summary>
public sealed record SentPhoto(string FileKey, string? Caption = null) : Incoming
{
    /// <summary>What it holds; null: nobody has looked yet. A turn sees it only with this.</summary>
    public PhotoSight? Sight { get; init; }
}

/// <summary>Anything that the bot cannot use but must answer.</summary>
public sealed record SentThing(Thing What) : Incoming;

/// <summary><see cref="Unseen"/>: the channel said that something came, and not what.</summary>
public enum Thing { Sticker, Voice, Video, Document, Album, Edited, Link, Other, Unseen }

/// <summary>The person opened the conversation (first visit, /start, follow), with the payload of a deep link.</summary>
public sealed record Arrived(string? Payload = null) : Incoming;

/// <summary>The person blocked the bot or left. Nothing is sent any more until they write again.</summary>
public sealed record Departed : Incoming;

/// <summary>The person took the block back. Nothing is said (who wants something writes), but news reaches them again.</summary>
public sealed record CameBack : Incoming;

/// <summary>Something that happened elsewhere and that this person is to know: the section <paramref name="Section"/> of a dialog's words.</summary>
public sealed record Noticed(string Dialog, string Section, IReadOnlyDictionary<string, string> Holes, string? DoorId = null, bool IsMailed = false) : Incoming;

/// <summary>A timer row came due; it says nothing if the conversation has moved on since <paramref name="Turn"/>.</summary>
public sealed record TimerRang(string Name, long Turn) : Incoming;

/// <summary>The person took entry <paramref name="Index"/> (from 0) of the list that the page showed.</summary>
public sealed record Picked(int Index) : Incoming;

/// <summary>What a look-up or a command begins with: words, a place (WGS-84 degrees), or both.</summary>
/// <param name="IsPicking">The caller wants one address: the look-up ends with its code instead of going on by itself.</param>
public sealed record Query(string? Words = null, GeoPoint? Place = null, bool IsPicking = false);

/// <summary>What the dialog that gets a human is opened with by the engine.</summary>
/// <param name="Dialog">Where the person stood.</param>
/// <param name="Words">What they said with it, if anything.</param>
public sealed record HelpWanted(string Dialog, string? Words = null);

/// <summary>The dialog was just put on the stack, with what its caller gave it (null: nothing).</summary>
public sealed record Opened(JsonElement? Input) : Incoming
{
    public T? As<T>() => Input is { } json ? json.Deserialize<T>(Saved.Json) : default;
}

/// <summary>A called dialog ended in <paramref name="End"/> with a result (null where it was given up).</summary>
public sealed record Returned(string Dialog, string End, JsonElement? Result) : Incoming
{
    public T? As<T>() => Result is { } json ? json.Deserialize<T>(Saved.Json) : default;
}
