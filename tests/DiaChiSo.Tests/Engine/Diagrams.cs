using DiaChiSo.Tests.Chats;

namespace DiaChiSo.Tests.Engine;

/// <summary>The picture of each map lies beside it. GOLDEN=write draws it anew.</summary>
public sealed class Diagrams
{
    [Theory, MemberData(nameof(AllDialogs.Names), MemberType = typeof(AllDialogs))]
    public void The_diagram_beside_a_dialog_is_its_map(string name)
    {
        var path = Path.Combine(ChatFiles.Root, "dialogs", name, "diagram.md");
        var drawn = $"# {name}\n\nGenerated from `{name}.cs`; a test keeps it true.\n\n```mermaid\n{AllDialogs.Standing(name).Diagram().ReplaceLineEndings("\n").Trim()}\n```\n";
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            File.WriteAllText(path, drawn);
        }
        Assert.Contains("-->", drawn);
        Assert.Equal(drawn, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
