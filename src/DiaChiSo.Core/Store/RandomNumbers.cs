using System.Security.Cryptography;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Core.Store;

/// <summary>Numbers nobody can guess, from the system's generator.</summary>
public sealed class RandomNumbers : INumbers
{
    public string NewDoor() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();

    public string NewEmailCode() => RandomNumberGenerator.GetInt32(0, 1_000_000).ToString("D6");

    public string NewSpokenCode() => RandomNumberGenerator.GetString(People.SpokenCode.Letters, People.SpokenCode.Length);

    public string NewMessageId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();
}
