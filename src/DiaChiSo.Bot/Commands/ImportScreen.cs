using System.Diagnostics;
using DiaChiSo.Core.Register.Import;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DiaChiSo.Bot.Commands;

/// <summary>How far it is: a bar in a terminal, a plain line now and then where the output goes to a file.</summary>
internal static class ImportScreen
{
    private const string Rows = "rows";

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    public static async Task<T> Show<T>(Surroundings here, Func<IProgress<ImportProgress>, Task<T>> work)
    {
        if (here.Output != Console.Out || Console.IsOutputRedirected)
        {
            return await Task.Run(() => work(new Lines(here.Output)));
        }
        return await AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new RemainingTimeColumn(), new RowsColumn())
            .StartAsync(context => Task.Run(() => work(new Bar(context.AddTask("Reading", maxValue: 1)))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            task.Description = Markup.Escape(value.File);
            task.Value = value.Done;
            task.State.Update<long>(Rows, _ => value.Rows);
        }
    }

    private sealed class RowsColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(Pace(task.State.Get<long>(Rows), task.ElapsedTime ?? TimeSpan.Zero));
    }

    private sealed class Lines(TextWriter output) : IProgress<ImportProgress>
    {
        private readonly long start = Stopwatch.GetTimestamp();
        private TimeSpan said;

        public void Report(ImportProgress value)
        {
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed - said < Between || value.Done <= 0)
            {
                return;
            }
            said = elapsed;
            var left = TimeSpan.FromSeconds(elapsed.TotalSeconds / value.Done * (1 - value.Done));
            output.WriteLine($"{value.Done:P1}  {Pace(value.Rows, elapsed)}  {left:hh\\:mm\\:ss} left  {value.File}");
        }
    }

    private static string Pace(long rows, TimeSpan elapsed) =>
        $"{ImportWords.Figure(rows)} rows, {ImportWords.Figure((long)(rows / Math.Max(0.001, elapsed.TotalSeconds)))} rows/s";
}
