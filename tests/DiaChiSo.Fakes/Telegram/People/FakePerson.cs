using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.Telegram.People;

/// <summary>Somebody with a private chat with the bot; in groups the same person speaks by <see cref="In"/>.</summary>
public sealed class FakePerson : Speaker
{
    private readonly World world;
    private readonly FakeChat chat;

    internal FakePerson(World world, FakeChat chat, JsonObject user)
        : base(world, chat, user) => (this.world, this.chat) = (world, chat);

    /// <summary>The same person in a group.</summary>
    public Speaker In(FakeGroup group) => new(world, group.Chat, User);

    /// <summary>Blocks the bot: it is told by my_chat_member, and whatever it sends is answered with 403.</summary>
    public void Block() => Set(shut: true, "member", "kicked");

    /// <summary>Takes the block back.</summary>
    public void Unblock() => Set(shut: false, "kicked", "member");

    private void Set(bool shut, string from, string to)
    {
        lock (world.Gate)
        {
            chat.Shut = shut;
            MembershipUpdate.Enqueue(world, chat, User, from, to);
        }
    }
}

/// <summary>A supergroup with the bot in it.</summary>
public sealed class FakeGroup
{
    private readonly World world;

    internal FakeGroup(World world, FakeChat chat) => (this.world, Chat, Screen) = (world, chat, new ChatView(world, chat));

    internal FakeChat Chat { get; }

    public long Id => Chat.Id;

    /// <summary>What all members see.</summary>
    public ChatView Screen { get; }

    /// <summary>Throws the bot out.</summary>
    public void ThrowOut(FakePerson by)
    {
        lock (world.Gate)
        {
            Chat.Shut = true;
            MembershipUpdate.Enqueue(world, Chat, by.User, "member", "kicked");
        }
    }
}
