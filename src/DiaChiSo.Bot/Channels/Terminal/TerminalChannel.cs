using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.Terminal;

/// <summary>Shows pages in a terminal: words, choices with the number that may be typed, a QR drawn with characters.</summary>
internal sealed class TerminalChannel(TerminalScreen screen, PlateSettings plates) : IChannel
{
    public const string ChannelName = "terminal";

    private readonly List<Page> shown = [];

    public string Name => ChannelName;

    public Capabilities Capabilities { get; } = new() { TextLength = int.MaxValue, Buttons = 0, ButtonLength = int.MaxValue, Pictures = PictureWay.Upload, SendsPins = true, ShowsToasts = true };

    /// <summary>All pages so far, the newest last.</summary>
    public IReadOnlyList<Page> Shown
    {
        get
        {
            lock (shown)
            {
                return [.. shown];
            }
        }
    }

    /// <summary>Called with every page that is shown.</summary>
    public Action<Page>? OnPage { get; set; }

    public Task<Sending> Send(Outgoing outgoing, Func<int, Task> partSent, CancellationToken ct)
    {
        if (outgoing.Kind == OutgoingKind.Toast)
        {
            if (outgoing.Body.Length > 0)
            {
                screen.WriteLine($"  ({outgoing.Body})");
            }
            return Task.FromResult<Sending>(new Sending.Done());
        }
        var page = outgoing.Page();
        lock (shown)
        {
            shown.Add(page);
        }
        screen.WriteLine("");
        foreach (var block in page.Blocks)
        {
            Write(block);
        }
        Write(page.Choices);
        OnPage?.Invoke(page);
        return Task.FromResult<Sending>(new Sending.Done());
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case Words words:
                screen.WriteLine(string.Concat(words.Runs.Select(run => run.Style == RunStyle.Plain ? run.Text : screen.Bold(run.Text))) + "\n");
                break;
            case Picture { Kind: "qr" } picture when AddressCode.TryRead(picture.Argument, out var code):
                screen.WriteLine(QrCode.Characters(code, plates) + picture.Alt + "\n");
                break;
            case Picture { Kind: "link" } picture:
                screen.WriteLine(QrCode.Characters(picture.Argument.Split(' ')[0]) + picture.Alt + "\n");
                break;
            default:
                screen.WriteLine(block.PlainText() + "\n");
                break;
        }
    }

    private void Write(IReadOnlyList<Choice> choices)
    {
        foreach (var choice in choices)
        {
            screen.WriteLine(choice switch
            {
                { IsLink: true } => $"   → {choice.Label}: {choice.Data}",
                { Data: ['@', ..] } => $"   {choice.Data switch { "@place" => "@21.8563,103.3291", _ => "!contact 0912000001 own" }} = {choice.Label}",
                { Number: { } number } => $"  {number,2}. {choice.Label}",
                _ => $"   [{choice.Label}]",
            });
        }
    }
}
