namespace DiaChiSo.Fakes.Telegram.Server;

/// <summary>An error that goes to the bot as <c>{ok:false,error_code,description,parameters?}</c>; the HTTP status is the code.</summary>
internal sealed class ApiRefusal(int code, string description, int? retryAfter = null) : Exception(description)
{
    public int Code => code;

    public string Description => Message;

    /// <summary>Seconds.</summary>
    public int? RetryAfter => retryAfter;

    public static ApiRefusal BadRequest(string words) => new(400, "Bad Request: " + words);

    public static ApiRefusal Forbidden(string words) => new(403, "Forbidden: " + words);

    public static ApiRefusal Conflict(string words) => new(409, "Conflict: " + words);

    public static ApiRefusal TooMany(int seconds) => new(429, $"Too Many Requests: retry after {seconds}", seconds);
}
