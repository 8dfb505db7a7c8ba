namespace DiaChiSo.Core.Turns;

/// <summary>How the channels are called in a talk.</summary>
public static class ChannelWords
{
    /// <summary>The words in the language "vi" or "en".</summary>
    /// <param name="channel">The channel's name, as a conversation has it.</param>
    public static string In(string channel, string language) => (channel, language) switch
    {
        ("telegram", _) => "Telegram",
        ("zalo-oa", _) => "Zalo",
        ("zalo-bot", _) => "Zalo Bot",
        ("web", "en") => "the web page",
        ("terminal", "en") => "the office's machine",
        (_, "en") => "another application",
        ("web", _) => "trang web",
        ("terminal", _) => "máy của xã",
        _ => "ứng dụng khác",
    };
}
