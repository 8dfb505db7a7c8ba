using DiaChiSo.Core.Register.Reading;
using Xunit;

namespace DiaChiSo.Tests.Register.Reading;

/// <summary>The written cases, all at once, so that a miss says what came out instead.</summary>
public class ReadingCases
{
    [Fact]
    public void Of_the_62_given_cases_at_least_59_are_read_right_and_none_confidently_wrong() => ReadAll("understanding-cases.jsonl", Understanding.Shipped, count: 62, mostMisses: 3);

    [Fact]
    public void Our_own_cases_are_read_right() => ReadAll("reading-cases.jsonl", Understanding.Shipped, count: 110, mostMisses: 0);

    [Fact]
    public void With_the_whole_country_loaded_the_given_cases_are_read_as_well() => ReadAll("understanding-cases.jsonl", Country.Understanding(), count: 62, mostMisses: 3);

    [Fact]
    public void With_the_whole_country_loaded_our_own_cases_are_read_as_well() => ReadAll("reading-cases.jsonl", Country.Understanding(), count: 110, mostMisses: 0);

    private static void ReadAll(string file, Understanding understanding, int count, int mostMisses)
    {
        var cases = ReadingCase.In(file);
        Assert.True(cases.Count >= count);
        var read = cases.Select(one => (Case: one, Got: one.Read(understanding))).ToList();
        var misses = read.Select(one => one.Case.Miss(one.Got)).OfType<string>().ToList();
        Assert.True(misses.Count <= mostMisses, $"{misses.Count} of {cases.Count} misread:\n{string.Join('\n', misses)}");
        Assert.DoesNotContain(read, one => one.Case.IsConfidentlyWrong(one.Got));
    }
}
