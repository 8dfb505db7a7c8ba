using System.Text;
using DiaChiSo.Bot.Channels.ZaloOa.Receive;

namespace DiaChiSo.Tests.Channels.ZaloOa;

/// <summary>What proves that an event is Zalo's: the vector of the samples, and everything beside it.</summary>
public sealed class OaSignatures
{
    private static readonly System.Text.Json.Nodes.JsonObject Vector = OaSamples.Json("signature-example.json");
    private static readonly string Body = (string)Vector["raw_body"]!;
    private static readonly string AppId = (string)Vector["app_id"]!;
    private static readonly string Timestamp = (string)Vector["timestamp"]!;
    private static readonly string Key = (string)Vector["oa_secret_key"]!;
    private static readonly string Header = (string)Vector["header"]!["X-ZEvent-Signature"]!;

    [Fact]
    public void The_vector_of_the_samples_fits_with_and_without_its_prefix_and_in_capitals()
    {
        Assert.True(Fits(Header));
        Assert.True(Fits(Header[4..]));
        Assert.True(Fits("MAC=" + Header[4..].ToUpperInvariant()));
        Assert.True(Fits($" {Header} "));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mac=")]
    [InlineData("mac=cc3d2aff26673bb491270a0e1a7be03faa88a16f9d834bdb51138e75f81732d")]
    [InlineData("mac=cc3d2aff26673bb491270a0e1a7be03faa88a16f9d834bdb51138e75f81732d8")]
    [InlineData("mac=zz3d2aff26673bb491270a0e1a7be03faa88a16f9d834bdb51138e75f81732d7")]
    [InlineData("mac=cc3d2aff26673bb491270a0e1a7be03faa88a16f9d834bdb51138e75f81732d7, mac=cc3d2aff26673bb491270a0e1a7be03faa88a16f9d834bdb51138e75f81732d7")]
    public void Another_header_does_not_fit(string header) => Assert.False(Fits(header));

    [Fact]
    public void One_byte_of_the_body_another_key_application_or_time_does_not_fit()
    {
        Assert.False(Signature.Fits(Header, Encoding.UTF8.GetBytes(Body.Replace("chào", "chao")), [Timestamp], AppId, Key));
        Assert.False(Signature.Fits(Header, Encoding.UTF8.GetBytes(Body + " "), [Timestamp], AppId, Key));
        Assert.False(Signature.Fits(Header, Encoding.UTF8.GetBytes(Body), [Timestamp], AppId, Key + "x"));
        Assert.False(Signature.Fits(Header, Encoding.UTF8.GetBytes(Body), [Timestamp], "1" + AppId, Key));
        Assert.False(Signature.Fits(Header, Encoding.UTF8.GetBytes(Body), ["1795378417739"], AppId, Key));
        Assert.False(Signature.Fits(Header, Encoding.UTF8.GetBytes(Body), [null, ""], AppId, Key));
    }

    [Fact]
    public void The_time_may_be_that_of_the_body_or_that_of_the_header()
    {
        Assert.True(Signature.Fits(Header, Encoding.UTF8.GetBytes(Body), [Timestamp, "7"], AppId, Key));
        Assert.True(Signature.Fits(Header, Encoding.UTF8.GetBytes(Body), ["7", Timestamp], AppId, Key));
    }

    private static bool Fits(string header) => Signature.Fits(header, Encoding.UTF8.GetBytes(Body), [Timestamp], AppId, Key);
}
