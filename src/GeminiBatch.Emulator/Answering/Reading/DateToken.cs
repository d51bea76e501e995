namespace GeminiBatch.Emulator;

/// <summary>A date in a text. A year that is not printed is 0.</summary>
internal readonly record struct DateToken(int Year, int Month, int Day, int Start, int End)
{
    public DateOnly? Date => Year > 0 && Day <= DateTime.DaysInMonth(Year, Month) ? new DateOnly(Year, Month, Day) : null;

    /// <summary>The date, taken to be in the year of <paramref name="reference"/> or the next where no year is printed.</summary>
    public DateOnly? After(DateOnly? reference)
    {
        if (Year > 0 || reference is not { } from)
        {
            return Date;
        }

        var sameYear = this with { Year = from.Year };
        return sameYear.Date is { } date && date >= from ? date : (this with { Year = from.Year + 1 }).Date;
    }
}
