using System.Text.Json.Serialization;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Turns;

/// <summary>What is shown to a person, without any channel. A channel cuts it to what it can do; nothing needed is only in a button or picture.</summary>
/// <param name="Blocks">In the order of reading.</param>
/// <param name="Choices">Offered under the last block.</param>
/// <param name="Wish">What the person may hand over with one tap where the channel can ask for it.</param>
public sealed record Page(IReadOnlyList<Block> Blocks, IReadOnlyList<Choice> Choices, Wish Wish = Wish.Nothing)
{
    /// <summary>A channel that may not write at any time treats them differently.</summary>
    public Occasion Occasion { get; init; }

    public static Page OfWords(params IReadOnlyList<Run> runs) => new([new Words(runs)], []);

    /// <summary>The same page with other words before it.</summary>
    public Page Preceded(IReadOnlyList<Block> blocks) => blocks.Count == 0 ? this : this with { Blocks = [.. blocks, .. Blocks] };

    /// <summary>The page in plain words, as a log for tests and as the terminal shows it.</summary>
    public string PlainText() => string.Join("\n\n", Blocks.Select(block => block.PlainText()));
}

/// <summary>Why a page goes out.</summary>
public enum Occasion
{
    /// <summary>The person did something.</summary>
    Answer,

    /// <summary>Something happened elsewhere that they are to know.</summary>
    News,

    /// <summary>The same, and it went to their e-mail by itself.</summary>
    MailedNews,

    /// <summary>The open question once more, behind news or as a reminder; it comes with their next message anyway.</summary>
    Again,
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Words), "words")]
[JsonDerivedType(typeof(Picture), "picture")]
[JsonDerivedType(typeof(Pin), "pin")]
[JsonDerivedType(typeof(Document), "document")]
public abstract record Block
{
    public abstract string PlainText();
}

/// <summary>Paragraphs. A person's text is always a run of its own and never markup.</summary>
public sealed record Words(IReadOnlyList<Run> Runs) : Block
{
    public override string PlainText() => string.Concat(Runs.Select(run => run.Text));
}

/// <summary>A picture drawn when it is sent: <paramref name="Kind"/> names the drawer (<c>qr</c>, <c>sketch</c>), <paramref name="Argument"/> says of what.</summary>
/// <param name="Kind">The drawer's name.</param>
/// <param name="Argument">For <c>qr</c> the ten digits, for <c>sketch</c> the points as JSON.</param>
/// <param name="Alt">The picture in words, for who cannot see it.</param>
public sealed record Picture(string Kind, string Argument, string Alt) : Block
{
    public override string PlainText() => Alt;
}

/// <summary>A place on the map (WGS-84 degrees), with a title and a line under it.</summary>
public sealed record Pin(GeoPoint Point, string Title, string Alt) : Block
{
    public override string PlainText() => Alt;
}

/// <summary>A file made when it is sent, to keep or to print: <paramref name="Kind"/> names the maker (<c>card</c>), <paramref name="Argument"/> says of what.</summary>
/// <param name="Kind">The maker's name.</param>
/// <param name="Argument">For <c>card</c> the ten digits and, behind a space, the line of the address.</param>
/// <param name="Alt">What it is, in words.</param>
public sealed record Document(string Kind, string Argument, string Alt) : Block
{
    public override string PlainText() => Alt;
}

public sealed record Run(string Text, RunStyle Style = RunStyle.Plain);

public enum RunStyle { Plain, Bold, Code }

/// <summary>One thing the person may choose.</summary>
/// <param name="Label">What stands on it.</param>
/// <param name="Data">What comes back when it is pressed (at most 64 bytes of ASCII), or an absolute link where <paramref name="IsLink"/>.</param>
/// <param name="Number">The number that may be typed instead; null where digits are themselves an answer.</param>
/// <param name="IsLink">Opens a page in the browser instead of answering.</param>
public sealed record Choice(string Label, string Data, int? Number, bool IsLink = false);

[Flags]
public enum Wish { Nothing = 0, Place = 1, Contact = 2 }

/// <summary>The data of a button: which turn offered it and which choice it was. It counts only on the page last shown.</summary>
public readonly record struct Stamp(long Turn, int Index)
{
    public override string ToString() => $"t{Turn}.{Index}";

    public static bool TryParse(string data, out Stamp stamp)
    {
        stamp = default;
        var dot = data.IndexOf('.');
        if (dot < 2 || data[0] != 't' || data.Length > 32
            || !long.TryParse(data.AsSpan(1, dot - 1), System.Globalization.NumberStyles.None, null, out var turn)
            || !int.TryParse(data.AsSpan(dot + 1), System.Globalization.NumberStyles.None, null, out var index))
        {
            return false;
        }
        stamp = new Stamp(turn, index);
        return stamp.ToString() == data;
    }
}
