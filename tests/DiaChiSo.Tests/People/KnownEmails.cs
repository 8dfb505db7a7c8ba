using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DiaChiSo.Tests.People;

public sealed class KnownEmails
{
    /// <summary>Who types an e-mail learns nothing about it: not from a word, a mail or a row.</summary>
    [Fact]
    public async Task An_email_that_is_somebodys_already_and_one_that_nobody_knows_get_the_same_words_mails_and_rows()
    {
        await using var stage = await Stage.Open();
        await Givens.Arrange(stage, "An", "email known@example.invalid");
        var seen = new List<string>();
        foreach (var email in new[] { "known@example.invalid", "other@example.invalid" })
        {
            var (pages, codes, mails) = (stage.Delivered.Count, await stage.Ask(db => db.Set<EmailCode>().CountAsync()), await stage.Ask(db => db.Mails.CountAsync()));
            var who = "Writes " + email;
            foreach (var said in (string[])["/taikhoan", "đồng ý", email, "000000", "abc"])
            {
                await stage.Deliver(who, stage.NewKey(), new Said(said));
            }
            var words = stage.Delivered.OrderBy(page => page.Key).Skip(pages).Select(page => page.Value.Page.PlainText()).ToList();
            Assert.Equal(5, words.Count);
            seen.Add(string.Join('\n', words).Replace(email, "#", StringComparison.Ordinal)
                + $" +{await stage.Ask(db => db.Set<EmailCode>().CountAsync()) - codes} +{await stage.Ask(db => db.Mails.CountAsync()) - mails}");
        }
        Assert.Equal(seen[0], seen[1]);
        Assert.EndsWith("+1 +1", seen[0]);
    }
}
