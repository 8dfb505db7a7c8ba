using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.ZaloOa;

/// <summary>One message of the account as the person sees it.</summary>
public sealed record SeenOaMessage
{
    public required string Id { get; init; }

    public string Text { get; init; } = "";

    public IReadOnlyList<SeenOaButton> Buttons { get; init; } = [];

    /// <summary>The picture that was uploaded, where there is one.</summary>
    public byte[]? Image { get; init; }

    /// <summary>What Zalo calls the uploaded picture.</summary>
    public string? AttachmentId { get; init; }

    /// <summary>The link of a picture that was not uploaded.</summary>
    public string? ImageUrl { get; init; }

    public SeenOaFile? File { get; init; }

    /// <summary>The account is billed for it: the person was not heard for 48 hours.</summary>
    public bool IsBilled { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>As it was sent.</summary>
    public required JsonObject Wire { get; init; }

    public IReadOnlyList<string> Labels => [.. Buttons.Select(button => button.Title)];
}

/// <summary><see cref="Value"/> is the payload of a query, the address of a link, the number of a phone.</summary>
public sealed record SeenOaButton(string Title, string Type, string Value);

public sealed record SeenOaFile(string Name, byte[] Bytes);
