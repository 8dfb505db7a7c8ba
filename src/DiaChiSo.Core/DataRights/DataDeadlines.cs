using DiaChiSo.Core.Confirmations;

namespace DiaChiSo.Core.DataRights;

/// <summary>
/// The law's clock (Law 91/2025/QH15, Decree 356/2025/NĐ-CP; domain.md §6): an answer within 2 working days; done within 15 days (withdraw,
/// restrict, object), 10 (view, correct), 20 (delete). The days to do it are counted by the calendar, which is never later than the law wants.
/// </summary>
public sealed class DataDeadlines(WorkingTime working)
{
    public const int AnswerWithinWorkingDays = 2;

    /// <summary>In days of the calendar.</summary>
    public static int DoneWithinDays(DataRequestKind kind) => kind switch
    {
        DataRequestKind.View or DataRequestKind.Correct => 10,
        DataRequestKind.Delete => 20,
        _ => 15,
    };

    /// <param name="received">UTC.</param>
    public (DateOnly AnswerBy, DateOnly DoneBy) For(DataRequestKind kind, DateTimeOffset received)
    {
        var day = received.DayInVietnam();
        return (working.After(day, AnswerWithinWorkingDays), day.AddDays(DoneWithinDays(kind)));
    }

    /// <summary>
    /// When its officers are told again (UTC): at 08:00 of the last working day before a deadline, and every working day once one has run out.
    /// </summary>
    public DateTimeOffset NextLook(DataRequest request, DateTimeOffset now)
    {
        var awaited = new List<DateOnly> { request.DoneBy };
        if (request.Status == DataRequestStatus.Received)
        {
            awaited.Add(request.AnswerBy);
        }
        var today = now.DayInVietnam();
        var looks = awaited.SelectMany(day => new[] { WorkingTime.MorningOf(working.Before(day)), WorkingTime.MorningOf(working.After(day, 1)) });
        if (awaited.Exists(day => day < today))
        {
            looks = looks.Append(WorkingTime.MorningOf(working.After(today, 1)));
        }
        // On the morning itself, and where a deadline is this very day, there is still the day after.
        return looks.Where(time => time > now).Min();
    }

    /// <summary>The deadline that is nearest: for an answer while there is none, else for the work.</summary>
    public static DateOnly Awaited(DataRequestStatus status, DateOnly answerBy, DateOnly doneBy) => status == DataRequestStatus.Received && answerBy <= doneBy ? answerBy : doneBy;
}
