using System.Globalization;
using System.Text.RegularExpressions;

namespace GeminiBatch.Runtime;

/// <summary>The constraints of one field, ready to be checked.</summary>
internal sealed class FieldRule
{
    private static readonly TimeSpan s_patternLimit = TimeSpan.FromMilliseconds(250);
    private readonly SchemaField _field;
    private readonly decimal? _minimum;
    private readonly decimal? _maximum;
    private readonly double? _binaryMinimum;
    private readonly double? _binaryMaximum;
    private readonly Lazy<Regex?> _pattern;

    public FieldRule(SchemaField field)
    {
        _field = field;
        _minimum = Parse(field.Minimum);
        _maximum = Parse(field.Maximum);
        _binaryMinimum = ParseDouble(field.Minimum);
        _binaryMaximum = ParseDouble(field.Maximum);
        _pattern = new(() => CreatePattern(field.Pattern));
    }

    public bool Allows(decimal value) =>
        (_minimum is not { } minimum || value > minimum || (value == minimum && !_field.MinimumIsExclusive))
        && (_maximum is not { } maximum || value < maximum || (value == maximum && !_field.MaximumIsExclusive));

    public bool Allows(double value) =>
        (_binaryMinimum is not { } minimum || value > minimum || (value == minimum && !_field.MinimumIsExclusive))
        && (_binaryMaximum is not { } maximum || value < maximum || (value == maximum && !_field.MaximumIsExclusive));

    public bool Allows(string value) => AllowsLength(value.Length) && AllowsPattern(value);

    public bool AllowsLength(int length) =>
        (_field.MinLength is not { } minimum || length >= minimum) && (_field.MaxLength is not { } maximum || length <= maximum);

    /// <summary>As DataAnnotations do: the match must cover the whole text, and an empty text is not checked.</summary>
    public bool AllowsPattern(string value)
    {
        if (_pattern.Value is not { } pattern || value.Length == 0)
        {
            return true;
        }

        try
        {
            var match = pattern.Match(value);
            return match.Success && match.Index == 0 && match.Length == value.Length;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex? CreatePattern(string? pattern)
    {
        if (pattern is null)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, s_patternLimit);
        }
        catch (NotSupportedException)
        {
            // Look-around and back references need the backtracking engine; the time limit bounds it.
            return new Regex(pattern, RegexOptions.CultureInvariant, s_patternLimit);
        }
        catch (ArgumentException)
        {
            // A foreign schema's pattern in another dialect binds the model, not this reader.
            return null;
        }
    }

    private static decimal? Parse(string? number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static double? ParseDouble(string? number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
