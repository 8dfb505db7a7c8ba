using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Methods;

/// <summary>sendLocation and sendVenue. WGS-84 degrees, metres, seconds.</summary>
internal static class SendPlaces
{
    private const int LiveForEver = 0x7FFFFFFF;

    public static JsonNode Location(World world, ApiArguments arguments)
    {
        var place = Point(arguments) with
        {
            Accuracy = arguments.Number("horizontal_accuracy"),
            LivePeriod = (int?)arguments.Integer("live_period"),
        };
        if (place.Accuracy is < 0 or > 1500)
        {
            throw ApiRefusal.BadRequest("wrong horizontal accuracy specified");
        }

        if (place.LivePeriod is not (null or 0 or LiveForEver or (>= 60 and <= 86400)))
        {
            throw ApiRefusal.BadRequest("wrong live location period specified");
        }

        if (arguments.Integer("heading") is not (null or (>= 1 and <= 360)))
        {
            throw ApiRefusal.BadRequest("wrong live location heading specified");
        }

        return Sending.Send(world, arguments, new Content("sendLocation", new JsonObject { ["location"] = Wire(place) }) { Place = place });
    }

    public static JsonNode Venue(World world, ApiArguments arguments)
    {
        var place = Point(arguments) with { Title = arguments.Word("title"), Address = arguments.Word("address") };
        if (place.Title!.Length == 0)
        {
            throw ApiRefusal.BadRequest("venue title is empty");
        }

        if (place.Address!.Length == 0)
        {
            throw ApiRefusal.BadRequest("venue address is empty");
        }

        var fields = new JsonObject
        {
            ["location"] = Wire(place),
            ["venue"] = new JsonObject { ["location"] = Wire(place), ["title"] = place.Title, ["address"] = place.Address },
        };
        return Sending.Send(world, arguments, new Content("sendVenue", fields) { Place = place });
    }

    public static JsonObject Wire(SeenPlace place)
    {
        var wire = new JsonObject { ["latitude"] = place.Latitude, ["longitude"] = place.Longitude };
        if (place.Accuracy is > 0)
        {
            wire["horizontal_accuracy"] = place.Accuracy;
        }

        if (place.LivePeriod is > 0)
        {
            wire["live_period"] = place.LivePeriod;
        }

        return wire;
    }

    private static SeenPlace Point(ApiArguments arguments)
    {
        var latitude = arguments.Number("latitude") ?? throw ApiRefusal.BadRequest("latitude is empty");
        var longitude = arguments.Number("longitude") ?? throw ApiRefusal.BadRequest("longitude is empty");
        return Math.Abs(latitude) > 90 || Math.Abs(longitude) > 180
            ? throw ApiRefusal.BadRequest("wrong location specified")
            : new SeenPlace(latitude, longitude, null, null, null, null);
    }
}
