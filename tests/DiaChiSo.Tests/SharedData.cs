using DiaChiSo.Tests.Chats;
using Xunit;

namespace DiaChiSo.Tests;

/// <summary>The tables of the whole country, which are no part of this repository: in a folder shared/data beside it, or where DIACHISO_UNITS says.</summary>
internal static class SharedData
{
    /// <summary>The folder; the test is skipped, with the reason, where there is none.</summary>
    public static string Folder()
    {
        if (Environment.GetEnvironmentVariable("DIACHISO_UNITS") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : throw new DirectoryNotFoundException("DIACHISO_UNITS names no folder.");
        }
        for (var at = new DirectoryInfo(ChatFiles.Root); at is not null; at = at.Parent)
        {
            var beside = Path.Combine(at.FullName, "shared", "data");
            if (File.Exists(Path.Combine(beside, "vn_units_old.csv")))
            {
                return beside;
            }
        }
        Assert.Skip("The unit tables of the whole country are not here (DIACHISO_UNITS=folder).");
        return "";
    }

}
