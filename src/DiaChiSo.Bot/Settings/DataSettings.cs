namespace DiaChiSo.Bot.Settings;

/// <summary>The section "Data".</summary>
public sealed class DataSettings
{
    /// <summary>Where everything is kept: database, keys, mail. From the folder the program is started in; made on the first run.</summary>
    [Example("data")]
    public string Folder { get; set; } = "data";

    public string? Fault() =>
        Folder.Length == 0 || Folder.IndexOfAny(Path.GetInvalidPathChars()) >= 0
            ? "Data:Folder: a folder is wanted, for example data or /var/lib/diachiso."
            : null;
}

/// <summary>The section "Register".</summary>
public sealed class RegisterSettings
{
    /// <summary>Fill an empty register with invented addresses, to try the bot with.</summary>
    [Example("false")]
    public bool Demo { get; set; } = true;
}
