using System.Globalization;

namespace GeminiBatch;

/// <summary>Tells decimal separators from grouping separators, or that they cannot be told.</summary>
internal static class Separators
{
    /// <param name="core">Digits with separators, without sign and currency.</param>
    /// <param name="negative">Whether the number is negative.</param>
    /// <param name="english">Whether a currency in front shows that the comma groups.</param>
    /// <param name="rules">What decides.</param>
    public static HumanNumber Read(string core, bool negative, bool english, in NumberRules rules)
    {
        core = core.TrimEnd('.', ',');
        if (core.Length == 0 || !char.IsAsciiDigit(core[^1]) || !(char.IsAsciiDigit(core[0]) || core[0] is '.' or ','))
        {
            return default;
        }

        char decimalMark = '\0';
        if (rules.Culture is { NumberFormat: var format })
        {
            decimalMark = format.NumberDecimalSeparator[0];
            core = rules.Loose && format.NumberGroupSeparator is { Length: 1 } group && !Behind(core, decimalMark, group[0]) ? core.Replace(group, "", StringComparison.Ordinal) : core;
        }
        else
        {
            int points = core.AsSpan().Count('.');
            int commas = core.AsSpan().Count(',');
            if (points > 0 && commas > 0)
            {
                decimalMark = core.LastIndexOf('.') > core.LastIndexOf(',') ? '.' : ',';
            }
            else if (points + commas == 1)
            {
                char mark = points == 1 ? '.' : ',';
                int at = core.IndexOf(mark, StringComparison.Ordinal);
                bool groups = core.Length - at == 4 && at is >= 1 and <= 3 && core[0] != '0' && core.All(c => char.IsAsciiDigit(c) || c == mark);
                if (groups && !(mark == ',' && (rules.Whole || english)))
                {
                    string digits = core.Remove(at, 1);
                    return new HumanNumber(null, $"{digits} or {core[..at]}.{core[(at + 1)..]}");
                }

                decimalMark = groups ? '\0' : mark;
            }
        }

        int split = decimalMark == '\0' ? -1 : core.LastIndexOf(decimalMark);
        string integer = split < 0 ? core : core[..split];
        string fraction = split < 0 ? "" : core[(split + 1)..];
        if (!AreDigits(fraction) || !TryUngroup(integer, decimalMark, out string digitsOnly))
        {
            return default;
        }

        digitsOnly = digitsOnly.TrimStart('0');
        string number = (digitsOnly.Length == 0 ? "0" : digitsOnly) + (fraction.Length == 0 ? "" : "." + fraction);
        return new HumanNumber(negative ? "-" + number : number, null);
    }

    // A group separator behind the decimal one is never a group separator.
    private static bool Behind(string core, char decimalMark, char group) =>
        core.LastIndexOf(group) is var last && last > core.IndexOf(decimalMark, StringComparison.Ordinal) && core.Contains(decimalMark, StringComparison.Ordinal);

    // 1,234,567 and 12,34,567 and 1'234 and 1 234: groups of three, or of two before the last three, under one separator.
    private static bool TryUngroup(string integer, char decimalMark, out string digits)
    {
        digits = integer;
        if (AreDigits(integer))
        {
            return true;
        }

        char mark = integer[integer.AsSpan().IndexOfAnyExceptInRange('0', '9')];
        if (mark == decimalMark || mark is not (',' or '.' or '\'' or ' ' or '_'))
        {
            return false;
        }

        string[] groups = integer.Split(mark);
        bool threes = true;
        bool twos = mark == ',' && groups[0].Length <= 2;
        for (int i = 0; i < groups.Length; i++)
        {
            bool last = i == groups.Length - 1;
            if (!AreDigits(groups[i]) || groups[i].Length is 0 or > 3 || (last && groups[i].Length != 3))
            {
                return false;
            }

            threes &= i == 0 || groups[i].Length == 3;
            twos &= i == 0 || last || groups[i].Length == 2;
        }

        digits = string.Concat(groups);
        return threes || twos;
    }

    private static bool AreDigits(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
