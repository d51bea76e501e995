namespace GeminiBatch;

/// <summary>
/// The enum value that a text misses by a slip of the pen: one letter in six but not the first, which can turn a word into its opposite, and no
/// other value nearly as close.
/// </summary>
internal static class EnumSlip
{
    private const int LettersPerSlip = 6;
    private const int Margin = 2;
    private const int LongestText = 64;

    public static EnumMatch Find(EnumTexts values, string folded)
    {
        if (folded.Length is < LettersPerSlip or > LongestText || folded.Any(char.IsDigit))
        {
            return EnumMatch.None;
        }

        int best = -1;
        int nearest = int.MaxValue;
        int second = int.MaxValue;
        for (int value = 0; value < values.Names.Length; value++)
        {
            int distance = values.Names[value].Select(name => Distance(folded, NameFolding.Fold(name))).DefaultIfEmpty(int.MaxValue / 2).Min();
            if (distance < nearest)
            {
                (best, second, nearest) = (value, nearest, distance);
            }
            else
            {
                second = Math.Min(second, distance);
            }
        }

        return nearest <= folded.Length / LettersPerSlip && second - nearest >= Margin ? new EnumMatch(best, null) : EnumMatch.None;
    }

    /// <summary>Letters inserted, dropped, changed or swapped with their neighbour.</summary>
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > (LongestText / LettersPerSlip) + Margin || right.Length is 0 or > LongestText * 2 || right[0] != left[0] || right.Any(char.IsDigit))
        {
            return int.MaxValue / 2;
        }

        int width = right.Length + 1;
        var table = new int[(left.Length + 1) * width];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[(i * width) + j] = i + j;
                    continue;
                }

                int change = left[i - 1] == right[j - 1] ? 0 : 1;
                table[(i * width) + j] = Math.Min(Math.Min(table[((i - 1) * width) + j], table[(i * width) + j - 1]) + 1, table[((i - 1) * width) + j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    table[(i * width) + j] = Math.Min(table[(i * width) + j], table[((i - 2) * width) + j - 2] + 1);
                }
            }
        }

        return table[(left.Length * width) + right.Length];
    }
}
