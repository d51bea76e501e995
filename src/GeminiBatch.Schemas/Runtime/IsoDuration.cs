using System.Buffers;
using System.Globalization;
using System.Text;

namespace GeminiBatch.Runtime;

/// <summary>ISO 8601 durations of days and less; years and months have no fixed length.</summary>
internal static class IsoDuration
{
    private static readonly SearchValues<byte> s_amount = SearchValues.Create("0123456789."u8);

    public static bool TryRead(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = default;
        var isNegative = text.StartsWith("-"u8);
        var rest = isNegative ? text[1..] : text;
        if (rest.Length < 3 || rest[0] != 'P')
        {
            return false;
        }

        rest = rest[1..];
        var units = "WD"u8;
        var isTime = false;
        decimal ticks = 0;
        while (!rest.IsEmpty)
        {
            if (rest[0] == 'T' && !isTime && rest.Length > 1)
            {
                isTime = true;
                units = "HMS"u8;
                rest = rest[1..];
            }

            var length = rest.IndexOfAnyExcept(s_amount);
            var unit = length > 0 ? units.IndexOf(rest[length]) : -1;
            if (unit < 0 || !decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
                || amount > int.MaxValue)
            {
                return false;
            }

            ticks += amount * TicksOf(rest[length], isTime);
            units = units[(unit + 1)..];
            rest = rest[(length + 1)..];
        }

        ticks = decimal.Truncate(isNegative ? -ticks : ticks);
        if (ticks is < long.MinValue or > long.MaxValue)
        {
            return false;
        }

        value = new TimeSpan((long)ticks);
        return true;
    }

    public static string Write(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "PT0S";
        }

        // Counted in decimal, because the smallest TimeSpan has no positive counterpart.
        var ticks = Math.Abs((decimal)value.Ticks);
        var text = new StringBuilder(value < TimeSpan.Zero ? "-P" : "P");
        Append(text, ref ticks, TimeSpan.TicksPerDay, 'D');
        if (ticks > 0)
        {
            text.Append('T');
            Append(text, ref ticks, TimeSpan.TicksPerHour, 'H');
            Append(text, ref ticks, TimeSpan.TicksPerMinute, 'M');
            if (ticks > 0)
            {
                text.Append((ticks / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture)).Append('S');
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ref decimal ticks, long unit, char letter)
    {
        var count = decimal.Truncate(ticks / unit);
        ticks -= count * unit;
        if (count > 0)
        {
            text.Append(count.ToString(CultureInfo.InvariantCulture)).Append(letter);
        }
    }

    private static long TicksOf(byte unit, bool isTime) => (unit, isTime) switch
    {
        ((byte)'W', _) => 7 * TimeSpan.TicksPerDay,
        ((byte)'D', _) => TimeSpan.TicksPerDay,
        ((byte)'H', _) => TimeSpan.TicksPerHour,
        ((byte)'M', true) => TimeSpan.TicksPerMinute,
        _ => TimeSpan.TicksPerSecond,
    };
}
