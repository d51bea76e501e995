using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace GeminiBatch.Runtime;

/// <summary>The text forms that dates, times and durations have in canonical JSON.</summary>
internal static class WireFormat
{
    public static bool TryReadDate(ReadOnlySpan<byte> text, out DateOnly value)
    {
        value = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out var year) || !TryDigits(text.Slice(5, 2), out var month) || !TryDigits(text.Slice(8, 2), out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        value = new DateOnly(year, month, day);
        return true;
    }

    public static bool TryReadTime(ReadOnlySpan<byte> text, out TimeOnly value)
    {
        value = default;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':'
            || !TryDigits(text[..2], out var hour) || !TryDigits(text.Slice(3, 2), out var minute) || !TryDigits(text.Slice(6, 2), out var second)
            || hour > 23 || minute > 59 || second > 59 || !TryFraction(text[8..], out var ticks))
        {
            return false;
        }

        value = new TimeOnly(new TimeSpan(hour, minute, second).Ticks + ticks);
        return true;
    }

    public static bool TryReadDateTime(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        if (!TrySplit(text, out var local, out var offset))
        {
            return false;
        }

        if (offset is null)
        {
            value = local;
            return true;
        }

        var ticks = local.Ticks - offset.Value.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    public static bool TryReadDateTimeOffset(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (!TrySplit(text, out var local, out var offset) || offset is not { } known)
        {
            return false;
        }

        var ticks = local.Ticks - known.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTimeOffset(local, known);
        return true;
    }

    public static bool TryReadDuration(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        if (text.IndexOf((byte)'P') < 0)
        {
            // Without seconds the format "c" would take 1:30 for hours and minutes, which it need not be.
            value = default;
            return text.Count((byte)':') == 2 && TimeSpan.TryParseExact(Encoding.UTF8.GetString(text), "c", CultureInfo.InvariantCulture, out value);
        }

        return IsoDuration.TryRead(text, out value);
    }

    /// <summary>An absolute or relative address; what has blanks in it or brackets around it is something else.</summary>
    public static bool TryReadUri(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Uri? value)
    {
        value = null;
        return !text.IsEmpty && text[0] is not ((byte)'<' or (byte)'[') && text.IndexOf((byte)' ') < 0 && Uri.TryCreate(Encoding.UTF8.GetString(text), UriKind.RelativeOrAbsolute, out value);
    }

    public static string Write(TimeOnly value) => value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <summary>A local time is written in UTC, so that the text does not depend on the machine.</summary>
    public static string Write(DateTime value) => value.Kind switch
    {
        DateTimeKind.Unspecified => value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        _ => value.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
    };

    public static string Write(DateTimeOffset value) => value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static bool TrySplit(ReadOnlySpan<byte> text, out DateTime local, out TimeSpan? offset)
    {
        local = default;
        offset = null;
        if (text.Length < 19 || text[10] != 'T' || !TryReadDate(text[..10], out var date))
        {
            return false;
        }

        var time = text[11..];
        var zone = time.IndexOfAny("Z+-"u8);
        if (zone >= 0)
        {
            if (!TryOffset(time[zone..], out var known))
            {
                return false;
            }

            offset = known;
            time = time[..zone];
        }

        if (!TryReadTime(time, out var clock))
        {
            return false;
        }

        local = date.ToDateTime(clock);
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text.SequenceEqual("Z"u8))
        {
            return true;
        }

        if (text.Length != 6 || text[3] != ':' || !TryDigits(text.Slice(1, 2), out var hours) || !TryDigits(text.Slice(4, 2), out var minutes)
            || hours > 14 || minutes > 59 || (hours == 14 && minutes > 0))
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out int ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] != '.' || text.Length is < 2 or > 8 || !TryDigits(text[1..], out ticks))
        {
            return false;
        }

        for (var i = text.Length; i < 8; i++)
        {
            ticks *= 10;
        }

        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if ((uint)(digit - '0') > 9)
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
