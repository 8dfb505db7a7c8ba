namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// What was corrected here, by an approved request or a visit at the gate. Such a correction wins over a hand-over that is not younger: the
/// file of that day was most likely made before it.
/// </summary>
/// <param name="Day">By the clock of Vietnam.</param>
/// <param name="By">Number of the request or confirmation.</param>
internal sealed record LocalCorrection(DateOnly Day, string By)
{
    /// <summary>By field; a field that a later import wrote is the import's again.</summary>
    public static Dictionary<string, LocalCorrection> Among(IEnumerable<RegisterTable.Change> changes)
    {
        var corrections = new Dictionary<string, LocalCorrection>();
        foreach (var change in changes)
        {
            var isImport = change.By.StartsWith(RegisterImport.Mark, StringComparison.Ordinal);
            var day = DateOnly.FromDateTime(change.At.ToOffset(TimeSpan.FromHours(7)).DateTime);
            foreach (var field in change.Fields)
            {
                if (isImport)
                {
                    corrections.Remove(field.Field);
                }
                else
                {
                    corrections[field.Field] = new(day, change.By);
                }
            }
        }
        return corrections;
    }

    /// <summary>Whether it stays although the file says otherwise.</summary>
    public bool WinsOver(DateOnly handedOver) => Day >= handedOver;
}
