namespace GeminiBatch.Emulator;

/// <summary>A number in a line: its value and where it stands, currency signs not included.</summary>
internal readonly record struct AmountToken(decimal Value, int Start, int End, bool HasDecimals, bool IsPercent, bool HasCurrency)
{
    /// <summary>Whether it looks like money: decimals or a currency beside it, and no percent sign.</summary>
    public bool IsMoney => !IsPercent && (HasDecimals || HasCurrency);
}
