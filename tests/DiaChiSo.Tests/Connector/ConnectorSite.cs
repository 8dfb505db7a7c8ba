using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.BotFramework;
using DiaChiSo.Tests.Channels;
using DiaChiSo.Tests.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Connector;

/// <summary>The whole program, with the Bot Framework's services (a fake, on loopback) around it.</summary>
public sealed class ConnectorSite : IAsyncLifetime
{
    public FakeBotFramework Framework { get; private set; } = null!;

    public WebSite Site { get; private set; } = null!;

    /// <summary>One with settings of its own and no register.</summary>
    public static async Task<ConnectorSite> With(params string[] more)
    {
        var made = new ConnectorSite { Framework = await FakeBotFramework.Start() };
        made.Site = await WebSite.With([.. made.Framework.Settings, .. more]);
        made.Framework.BotUrl = made.Site.Address;
        return made;
    }

    public async ValueTask InitializeAsync()
    {
        Framework = await FakeBotFramework.Start();
        Site = await WebSite.With([.. Framework.Settings, "--Register:Demo=true"]);
        Framework.BotUrl = Site.Address;
    }

    public async Task<T> Ask<T>(Func<BotDb, Task<T>> question)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    /// <summary>Everything that came in is answered, and everything that is to go out is out or given up.</summary>
    public Task UntilQuiet() => BotUnderTest.Until(async () => !await Ask(async db =>
        await db.Inbox.AnyAsync(row => row.Status == RowStatus.Pending) || await db.Outbox.AnyAsync(row => row.Status == RowStatus.Pending)));

    /// <summary>Does each and waits for what comes of it: [Label] presses it, anything else is said.</summary>
    public async Task Do(BotFrameworkPerson person, params string[] steps)
    {
        foreach (var step in steps)
        {
            var seen = person.Chat.Messages.Count;
            var answer = await (step is ['[', .. var label, ']'] ? person.Press(label) : person.Say(step));
            Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
            await BotUnderTest.Until(() => Task.FromResult(person.Chat.Messages.Count > seen));
            await UntilQuiet();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Framework.DisposeAsync();
    }
}
