namespace DiaChiSo.Bot.Channels.Terminal;

/// <summary>Where the terminal's words go; several loops write to it.</summary>
/// <param name="output">Standard output, or a test's writer.</param>
/// <param name="isTerminal">False where the output is a pipe or a file: nothing but words then.</param>
internal sealed class TerminalScreen(TextWriter output, bool isTerminal)
{
    private readonly Lock writing = new();

    public bool IsTerminal => isTerminal;

    public string Bold(string words) => isTerminal ? $"\e[1m{words}\e[0m" : words;

    public void WriteLine(string words)
    {
        lock (writing)
        {
            output.WriteLine(words);
        }
    }

    public void Prompt()
    {
        if (isTerminal)
        {
            lock (writing)
            {
                output.Write("> ");
                output.Flush();
            }
        }
    }
}
