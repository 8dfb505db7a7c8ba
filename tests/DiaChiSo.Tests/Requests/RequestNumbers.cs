using DiaChiSo.Core.Requests;
using Xunit;

namespace DiaChiSo.Tests.Requests;

/// <summary>Numbers that are read out on the telephone and typed again.</summary>
public sealed class RequestNumbers
{
    [Theory]
    [InlineData("YC26-000123")]
    [InlineData("yc26-123")]
    [InlineData(" YC 26 000123 ")]
    [InlineData("yc26.000123")]
    [InlineData("YC26–000123")]
    public void It_is_read_however_it_is_typed(string typed)
    {
        Assert.True(RequestNumber.TryRead(typed, out var number));
        Assert.Equal("YC26-000123", number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("YC26")]
    [InlineData("BB26-000123")]
    [InlineData("yêu cầu 26")]
    [InlineData("YC26-0001234567890")]
    [InlineData("3260600012")]
    public void Anything_else_is_no_number(string typed) => Assert.False(RequestNumber.TryRead(typed, out _));
}
