using CsCheck;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Search;
using Xunit;
using Slip = DiaChiSo.Core.Register.Search.Slip;

namespace DiaChiSo.Tests.Register;

public sealed class SearchIndex : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("index");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("sin", "sin", 0)]
    [InlineData("xin", "sin", Slip.Sound)]              // s/x
    [InlineData("trung", "chung", Slip.Sound)]          // tr/ch
    [InlineData("lam", "nam", Slip.Sound)]              // l/n
    [InlineData("gia", "da", Slip.Sound)]               // gi/d
    [InlineData("ngia", "nghia", Slip.Sound)]           // ng/ngh
    [InlineData("phin", "phinh", Slip.Sound)]           // n/nh
    [InlineData("ly", "li", Slip.Sound)]                // y/i
    [InlineData("bang", "vang", Slip.Sound)]            // b/v
    [InlineData("xinh", "sin", 2 * Slip.Sound)]
    [InlineData("muong", "muonk", 1)]
    [InlineData("muogn", "muong", 1)]                   // two swapped are one edit
    [InlineData("mung", "muong", 1)]
    [InlineData("ban", "bang", Slip.Sound)]
    [InlineData("abc", "xyz", Slip.TooFar)]
    public void A_slip_of_the_ear_costs_less_than_one_of_the_finger(string typed, string meant, float cost)
    {
        Assert.Equal(cost, Slip.Cost(typed, meant), 0.001f);
        Assert.Equal(cost, Slip.Cost(meant, typed), 0.001f);
    }

    [Theory]
    [InlineData("07", "7")]
    [InlineData("12/34/5A", "12/34/5a")]
    [InlineData("K448 H20/2", "k448-h20/2")]
    [InlineData("15 - 17", "15-17")]
    [InlineData("100", "100")]
    [InlineData("0", "0")]
    public void House_numbers_that_are_the_same_have_the_same_key(string house, string key) => Assert.Equal(key, WordText.HouseKey(house));

    [Fact]
    public void Codes_are_found_and_others_are_not()
    {
        var index = Written(Some(3_000));
        foreach (var address in Some(3_000))
        {
            var code = new AddressCode(address.Code.ToString("D10"));
            Assert.True(index.Contains(code));
            Assert.Contains(code, index.BeginningWith(code.ToString()[..8], 100));
        }
        Assert.False(index.Contains(new("3260699999")));
        Assert.False(index.Contains(new("9999900001")));
        Assert.Empty(index.BeginningWith("32", 5));
        Assert.Equal(5, index.BeginningWith("32606", 5).Count);
    }

    [Fact]
    public void A_big_object_number_keeps_all_its_figures()
    {
        var commune = UnitKey.Parse("2025:03217");
        var index = Written([new(3260699_998, commune, null, null, null, "1", null, null), new(3260634_462, commune, null, null, null, "1", null, null)]);
        Assert.True(index.Contains(new("3260699998")));
        Assert.True(index.Contains(new("3260634462")));
        Assert.Equal([new AddressCode("3260634462"), new AddressCode("3260699998")], index.BeginningWith("32606", 5));
    }

    [Fact]
    public void Homes_without_a_number_are_given_as_one_of_so_many()
    {
        var found = Written(Some(300)).Search("thôn Háng Là xã Sín Chải", 5);
        Assert.Contains(found, match => match.SharedBy > 5);
        Assert.InRange(found.Count(match => match.Line.StartsWith("Trạm", StringComparison.Ordinal)), 0, 2);
    }

    /// <summary>Mistyped words in every order: whatever comes must not throw and must not take an answer out of nothing.</summary>
    [Fact]
    public void Any_words_are_searched_without_harm()
    {
        var index = Written(Some(500));
        Check.Sample(Gen.String, words => index.Search(words, 5).Count <= 5, iter: 2_000);
        string[] parts = ["xã", "sín", "chải", "háng", "là", "12/3", "sn", "15", "tổ", "3", "p8", "đ.", "thị", "trấn", "tủa", "chùa", "ha2ng", "sins", "điện biên", "xx", "ơi"];
        Check.Sample(Gen.Int[0, parts.Length - 1].Array[1, 30], words => index.Search(string.Join(" ", words.Select(word => parts[word])), 5).Count <= 5, iter: 2_000);
        Assert.True(index.Search(string.Concat(Enumerable.Repeat("xã sín chải 15/2 ", 10_000)), 5).Count <= 5);
    }

    [Fact]
    public async Task Many_ask_at_once()
    {
        var index = Written(Some(2_000));
        var alone = Some(2_000).Take(40).Select(address => index.Search($"{address.House} {address.Village} Sín Chải", 5).Select(match => match.Code).ToArray()).ToArray();
        await Parallel.ForAsync(0, 8, (_, _) =>
        {
            foreach (var (address, codes) in Some(2_000).Take(40).Zip(alone))
            {
                Assert.Equal(codes, index.Search($"{address.House} {address.Village} Sín Chải", 5).Select(match => match.Code));
            }
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>The file lies in memory as it is: a damaged one must end in a sentence, never in foreign memory or an endless search.</summary>
    [Fact]
    public void A_damaged_file_says_so_or_still_answers()
    {
        var path = Path.Combine(folder.FullName, "whole.idx");
        Write(Some(400), path);
        var whole = File.ReadAllBytes(path);
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            var damaged = (byte[])whole.Clone();
            var length = i % 3 == 0 ? random.Next(damaged.Length) : damaged.Length;
            for (var hit = 0; hit < 1 + i % 40; hit++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }
            var at = Path.Combine(folder.FullName, $"{i}.idx");
            File.WriteAllBytes(at, damaged[..length]);
            try
            {
                var index = RegisterIndex.Open(at);
                index.Search("sn 15 thôn háng là xã sín chải", 5);
                index.Search("tram y te", 5);
                index.Contains(new("3261200003"));
                index.Nearest(new(22.05, 103.33), 2_000, 5);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.True(refused > 100, $"only {refused} were noticed");
    }

    private RegisterIndex Written(IEnumerable<IndexedAddress> addresses)
    {
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.idx");
        Write(addresses, path);
        return RegisterIndex.Open(path);
    }

    private static void Write(IEnumerable<IndexedAddress> addresses, string path)
    {
        var builder = new RegisterIndexBuilder(AdministrativeUnits.Shipped.Indexed);
        foreach (var address in addresses)
        {
            builder.Add(address);
        }
        builder.WriteTo(path, default);
    }

    private static IEnumerable<IndexedAddress> Some(int count)
    {
        var random = new Random(1);
        string[] villages = ["Thôn Háng Là", "Thôn Háng Khúa", "Thôn Séo Mí Chải", "Đội 5", "Thôn Từ Ngài 1", "Thôn Từ Ngài 2"];
        for (var i = 0; i < count; i++)
        {
            yield return new(3261200000 + 2L * i, UnitKey.Parse("2025:03226"), UnitKey.Parse("2024:03223"), villages[random.Next(villages.Length)], random.Next(9) == 0 ? "Đường 30/4" : null,
                random.Next(2) == 0 ? $"{random.Next(1, 200)}" : null, random.Next(30) == 0 ? "Trạm Y tế xã Sín Chải" : null, new GeoPoint(22.05 + random.NextDouble() / 50, 103.33 + random.NextDouble() / 50));
        }
        yield return new(3260600001, UnitKey.Parse("2025:03217"), null, "Tổ dân phố 3", null, null, null, null);
        for (var i = 2; i < 8; i++)
        {
            yield return new(3260600000 + i, UnitKey.Parse("2025:03217"), null, "Tổ dân phố 3", null, $"{i}", null, null);
        }
    }
}
