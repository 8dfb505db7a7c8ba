using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Methods;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.People;

/// <summary>A live position that is being shared.</summary>
public sealed class LivePlace(Speaker person, int messageId, int seconds)
{
    public int MessageId => messageId;

    /// <param name="latitude">WGS-84 degrees.</param>
    /// <param name="longitude">WGS-84 degrees.</param>
    /// <param name="heading">Degrees from north, 1–360, when the person walks.</param>
    /// <param name="accuracy">Metres, when the phone knows it.</param>
    public void Move(double latitude, double longitude, int? heading = null, double? accuracy = null) => person.Edit(messageId, wire =>
    {
        var place = SendPlaces.Wire(new SeenPlace(latitude, longitude, accuracy, seconds, null, null));
        if (heading is not null)
        {
            place["heading"] = heading;
        }

        wire["location"] = place;
    });

    /// <summary>Stops: the last edit has no live_period any more.</summary>
    public void Stop() => person.Edit(messageId, wire =>
    {
        var place = ((JsonObject)wire["location"]!).Copy();
        place.Remove("live_period");
        place.Remove("heading");
        wire["location"] = place;
    });
}
