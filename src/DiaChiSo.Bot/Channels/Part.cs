using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels;

/// <summary>One message of a page, cut to a channel; the choices are on the last one.</summary>
public abstract record Part
{
    /// <summary>Those that become buttons, and the wishes (<c>@place</c>, <c>@contact</c>) that the channel can ask for itself.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    public sealed record Text(IReadOnlyList<Run> Runs) : Part;

    public sealed record Image(Picture Picture) : Part;

    public sealed record Place(Pin Pin) : Part;

    public sealed record File(Document Document) : Part;

    /// <summary>The same in words, for a channel or a moment that cannot carry it.</summary>
    public IReadOnlyList<Run> InWords() => this switch
    {
        Text text => text.Runs,
        Image image => [new Run(image.Picture.Alt)],
        Place place => [new Run(place.Pin.Alt)],
        File file => [new Run(file.Document.Alt)],
        _ => throw new InvalidOperationException($"{GetType().Name} has no words"),
    };
}
