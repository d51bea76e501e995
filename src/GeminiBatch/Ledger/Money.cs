namespace GeminiBatch;

/// <summary>Money as the ledger stores it: whole millionths of a millionth of a US dollar, so that sums of token prices are exact.</summary>
internal static class Money
{
    /// <summary>The most that a count of 64 bits holds, rounded down.</summary>
    public const decimal MostDollars = 9_000_000m;

    private const decimal PerDollar = 1_000_000_000_000m;

    public static long FromDollars(decimal dollars) => (long)decimal.Ceiling(dollars * PerDollar);

    public static long? FromDollars(decimal? dollars) => dollars is { } value ? FromDollars(value) : null;

    public static decimal ToDollars(long stored) => stored / PerDollar;
}
