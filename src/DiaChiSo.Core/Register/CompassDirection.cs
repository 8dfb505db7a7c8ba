namespace DiaChiSo.Core.Register;

/// <summary>Eight directions, clockwise from north.</summary>
public enum CompassDirection { North, NorthEast, East, SouthEast, South, SouthWest, West, NorthWest }

/// <summary>How a direction is said to people.</summary>
public static class CompassDirectionWords
{
    private static readonly (string Vietnamese, string English)[] Words =
    [
        ("phía bắc", "north"), ("phía đông bắc", "north-east"), ("phía đông", "east"), ("phía đông nam", "south-east"),
        ("phía nam", "south"), ("phía tây nam", "south-west"), ("phía tây", "west"), ("phía tây bắc", "north-west"),
    ];

    /// <summary>"phía đông bắc".</summary>
    public static string InVietnamese(this CompassDirection direction) => Words[(int)direction].Vietnamese;

    /// <summary>"north-east".</summary>
    public static string InEnglish(this CompassDirection direction) => Words[(int)direction].English;

    /// <summary>The words in the language "vi" or "en"; any other language gets Vietnamese.</summary>
    public static string In(this CompassDirection direction, string language) =>
        language == "en" ? direction.InEnglish() : direction.InVietnamese();
}
