using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram.Methods;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.People;

/// <summary>The way of a person's message into the bot's queue. Call under the world's lock.</summary>
internal static class IncomingMessages
{
    public static int Send(World world, FakeChat chat, JsonObject user, JsonObject fields, int? replyTo)
    {
        if (chat is { IsPrivate: true, Shut: true })
        {
            throw new InvalidOperationException("A person who has blocked the bot unblocks it before writing.");
        }

        chat.Opened = true;
        var wire = new JsonObject
        {
            ["message_id"] = world.NextMessageId(chat),
            ["from"] = user.DeepClone(),
            ["chat"] = chat.Wire.DeepClone(),
            ["date"] = world.Now.ToUnixTimeSeconds(),
        };
        foreach (var (field, value) in fields)
        {
            wire[field] = value?.DeepClone();
        }

        if (replyTo is { } id && chat.Find(id) is { } target)
        {
            wire["reply_to_message"] = Sending.WithoutReply(target.Wire);
        }

        var message = new StoredMessage((int)wire["message_id"]!, wire, world.Now);
        chat.Messages.Add(message);
        Enqueue(world, chat, "message", wire);
        return message.Id;
    }

    /// <summary>One lane per chat for messages and their edits, and they wait for a day.</summary>
    public static void Enqueue(World world, FakeChat chat, string type, JsonObject wire)
    {
        if (!chat.Shut && (chat.IsPrivate || !world.Options.GroupPrivacy || Concerns(world, wire)))
        {
            world.Updates.Add(type, $"chat:{chat.Id}", world.Now + TimeSpan.FromDays(1), wire.Copy());
        }
    }

    /// <summary>Privacy mode: commands (not those of another bot), mentions of this bot, replies to it.</summary>
    private static bool Concerns(World world, JsonObject wire)
    {
        if (wire["reply_to_message"] is JsonObject reply && reply["from"] is JsonObject author && author.Integer("id") == world.BotId)
        {
            return true;
        }

        var text = wire.String("text") ?? "";
        return wire["entities"] is JsonArray entities && entities.OfType<JsonObject>().Any(entity =>
        {
            var words = text.Substring((int)entity["offset"]!, (int)entity["length"]!);
            var me = "@" + world.Options.BotUsername;
            return entity.String("type") switch
            {
                "mention" => words.Equals(me, StringComparison.OrdinalIgnoreCase),
                "bot_command" => !words.Contains('@') || words.EndsWith(me, StringComparison.OrdinalIgnoreCase),
                _ => false,
            };
        });
    }
}

/// <summary>my_chat_member: the bot was blocked, unblocked, added or thrown out.</summary>
internal static class MembershipUpdate
{
    public static void Enqueue(World world, FakeChat chat, JsonObject by, string from, string to) =>
        world.Updates.Add("my_chat_member", $"member:{by["id"]}", world.Now + TimeSpan.FromDays(1), new JsonObject
        {
            ["chat"] = chat.Wire.DeepClone(),
            ["from"] = by.DeepClone(),
            ["date"] = world.Now.ToUnixTimeSeconds(),
            ["old_chat_member"] = Member(world, from),
            ["new_chat_member"] = Member(world, to),
        });

    private static JsonObject Member(World world, string status)
    {
        var member = new JsonObject { ["user"] = world.BotUser, ["status"] = status };
        if (status == "kicked")
        {
            member["until_date"] = 0;
        }

        return member;
    }
}
