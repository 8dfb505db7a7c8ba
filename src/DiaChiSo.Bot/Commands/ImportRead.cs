using System.CommandLine;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Register.Import.Pdf;

namespace DiaChiSo.Bot.Commands;

/// <summary><c>import-read</c>, not for people: the process in which a file that may be hostile is read (<see cref="ReadInChild"/>).</summary>
internal static class ImportRead
{
    public static Command Command()
    {
        var kind = new Argument<string>("kind");
        var file = new Argument<string>("file");
        var command = new Command("import-read", "Reads one file for the import.") { kind, file };
        command.Hidden = true;
        command.SetAction(parsed => Read(parsed.GetValue(kind)!, parsed.GetValue(file)!));
        return command;
    }

    private static int Read(string kind, string file)
    {
        EndWithParent();
        using var output = Console.OpenStandardOutput();
        RowFrames.Write(kind switch
        {
            "xlsx" => new XlsxRows(file),
            "pdf" => new PdfRows(file),
            _ => throw new CommandFault("import-read: this is a part of import, and not for people."),
        }, output);
        return 0;
    }

    // Who started us holds our input open as long as they live.
    private static void EndWithParent() => new Thread(() =>
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }
        Environment.Exit(1);
    })
    { IsBackground = true }.Start();
}
