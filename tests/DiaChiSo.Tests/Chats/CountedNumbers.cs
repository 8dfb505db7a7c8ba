using DiaChiSo.Core.Turns;

namespace DiaChiSo.Tests.Chats;

/// <summary>Numbers one after the other, so that every replay has the same ones.</summary>
public sealed class CountedNumbers : INumbers
{
    private int doors, codes, mails;

    public void GoOn(int from) => doors = codes = mails = from;

    public string NewDoor() => $"door{++doors}";
    public string NewEmailCode() => (100_000 + ++codes * 1_111 % 900_000).ToString();
    /// <summary>Shown on a page and typed by a line of the chat: always the same, also when a power cut took the first one away.</summary>
    public string NewSpokenCode() => "KXMTABAC";

    public string NewMessageId() => $"mail{++mails}";
}
