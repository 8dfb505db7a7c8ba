using DiaChiSo.Core.People;
using Xunit;

namespace DiaChiSo.Tests.People;

public class Emails
{
    [Theory]
    [InlineData("ten.anh.chi@gmail.com", "ten.anh.chi@gmail.com")]
    [InlineData("  VangAPao@GMAIL.COM. ", "VangAPao@gmail.com")]
    [InlineData("email của em là ten.anh.chi@gmail.com", "ten.anh.chi@gmail.com")]
    [InlineData("mailto:a.b+c@dienbien.gov.vn", "a.b+c@dienbien.gov.vn")]
    [InlineData("ten.anh.chi@gmail,com", "ten.anh.chi@gmail.com")]
    [InlineData("ten.anh.chi@ gmail. com", "ten.anh.chi@gmail.com")]
    [InlineData("ten.anh.chi＠gmail.com", "ten.anh.chi@gmail.com")]
    [InlineData("a@mail.com", "a@mail.com")]
    [InlineData("a@ymail.com", "a@ymail.com")]
    public void An_email_is_read_as_people_type_it(string typed, string email)
    {
        Assert.Equal((email, null, EmailFault.None), Deconstructed(EmailText.Read(typed)));
    }

    [Theory]
    [InlineData("a@gmial.com", "a@gmail.com")]
    [InlineData("a@gamil.com", "a@gmail.com")]
    [InlineData("a@gmail.con", "a@gmail.com")]
    [InlineData("a@gmail.co", "a@gmail.com")]
    [InlineData("a@gmai.com", "a@gmail.com")]
    [InlineData("a@gmail", "a@gmail.com")]
    [InlineData("a@yaho.com", "a@yahoo.com")]
    [InlineData("a@hotmial.com", "a@hotmail.com")]
    public void A_slip_is_asked_about_and_not_corrected_by_itself(string typed, string suggested)
    {
        var read = EmailText.Read(typed);
        Assert.Equal(EmailFault.None, read.Fault);
        Assert.Equal(suggested, read.Suggested);
        Assert.Equal(typed, read.Email);
    }

    [Theory]
    [InlineData("", EmailFault.NotAnEmail)]
    [InlineData("ten.anh.chi", EmailFault.NotAnEmail)]
    [InlineData("@gmail.com", EmailFault.NotAnEmail)]
    [InlineData("a@b", EmailFault.NotAnEmail)]
    [InlineData("a..b@gmail.com", EmailFault.NotAnEmail)]
    [InlineData("0912 345 678", EmailFault.NotAnEmail)]
    [InlineData("vàngapáo@gmail.com", EmailFault.HasMarks)]
    [InlineData("đoàn@gmail.com", EmailFault.HasMarks)]
    [InlineData("vang a pao@gmail.com", EmailFault.HasSpaces)]
    public void What_cannot_be_an_email_says_why(string typed, EmailFault fault)
    {
        Assert.Equal(fault, EmailText.Read(typed).Fault);
    }

    [Fact]
    public void A_domain_that_can_be_no_domain_is_never_sent_to()
    {
        Assert.False(EmailText.CanBeSentTo("a@gmail"));
        Assert.True(EmailText.CanBeSentTo("a@gmial.com"));
    }

    [Fact]
    public void What_was_read_does_not_show_itself_in_a_log()
    {
        Assert.DoesNotContain("vang", EmailText.Read("ten.anh.chi@gmail.com").ToString());
    }

    [Fact]
    public void A_masked_email_keeps_its_first_letter_and_its_domain()
    {
        Assert.Equal("t***@gmail.com", Masked.Email("ten.anh.chi@gmail.com"));
        Assert.Equal("", Masked.Email(null));
    }

    private static (string, string?, EmailFault) Deconstructed(ReadEmail read) => (read.Email, read.Suggested, read.Fault);
}
