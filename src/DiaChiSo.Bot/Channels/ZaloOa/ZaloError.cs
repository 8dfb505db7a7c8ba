namespace DiaChiSo.Bot.Channels.ZaloOa;

/// <summary>What an answer of Zalo means to a message (channels.md §2a).</summary>
internal enum Meant
{
    Taken,

    /// <summary>The access token is no good: renew it, once.</summary>
    Token,

    /// <summary>Too fast, or a fault of Zalo's own: the same a little later.</summary>
    SlowDown,

    /// <summary>A form that Zalo does not take: a simpler one may pass.</summary>
    Form,

    /// <summary>This message, to this person, never.</summary>
    Never,

    /// <summary>The person left: nothing until they write again.</summary>
    Gone,

    /// <summary>Too long since the person was heard.</summary>
    TooLate,

    /// <summary>Not between 22:00 and 06:00 in Vietnam.</summary>
    Night,

    /// <summary>The account or the application is at fault: somebody must mend that, and what waits goes out then.</summary>
    Operator,

    /// <summary>A number that is not in the list.</summary>
    Unknown,
}

/// <summary>Zalo's numbers. They come with HTTP 200; 0 is success.</summary>
internal static class ZaloError
{
    public static Meant Of(int error) => error switch
    {
        0 => Meant.Taken,
        -216 or -220 or -124 => Meant.Token,
        -32 or -200 => Meant.SlowDown,
        -201 or -210 => Meant.Form,
        -213 or -217 => Meant.Gone,
        -227 or -230 or -232 => Meant.TooLate,
        -234 => Meant.Night,
        -233 or -244 => Meant.Never,
        _ when WhatToDo(error) is not null => Meant.Operator,
        _ => Meant.Unknown,
    };

    /// <summary>What an operator does about it; null: nothing, it is no fault of theirs.</summary>
    public static string? WhatToDo(int error) => error switch
    {
        -204 or -205 => "Zalo says that the Official Account is deleted or locked: look at oa.zalo.me.",
        -209 => "Zalo says that the application is not activated: activate it at developers.zalo.me and connect it with the account.",
        -211 or -218 => "Zalo's quota is used up: raise it at oa.zalo.me, or wait for the next month.",
        -212 or -223 => "Zalo says that the application may not do this: give it the right to send messages at developers.zalo.me, then run `DiaChiSo.Bot zalo login` again.",
        -221 => "Zalo says that the Official Account is not verified: have it verified at oa.zalo.me.",
        -224 => "Zalo says that the Official Account needs a higher package: choose one at oa.zalo.me.",
        -240 => "Zalo has closed the interface that is used: a newer DiaChiSo.Bot is needed.",
        -320 or -321 => "Zalo cannot bill the account: connect it with a ZBS account that has money, at oa.zalo.me.",
        _ => null,
    };

    /// <summary>These have two meanings, which only Zalo's words tell apart.</summary>
    public static bool IsAmbiguous(int error) => error is -32 or -223;
}

/// <summary>Zalo did not take a call.</summary>
/// <param name="error">Zalo's number.</param>
internal sealed class ZaloRefused(int error) : Exception($"Zalo refused with {error}")
{
    public int Error { get; } = error;

    public Meant Meant => ZaloError.Of(Error);
}
