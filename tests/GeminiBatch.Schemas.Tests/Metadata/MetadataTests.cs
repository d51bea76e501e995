using System.Text.Json;

namespace GeminiBatch.Schemas.Tests;

public class MetadataTests
{
    private static readonly Origin s_full = new("ACME", 2026, Channel.Portal, 1.50m, ulong.MaxValue, new DateOnly(2026, 1, 2))
    {
        Urgent = false,
        Lines = [new LineItem("Bolt", 1m) { Quantity = 2 }],
    };

    [Fact]
    public void Metadata_is_written_as_flat_scalars_and_read_back()
    {
        var entries = Write(s_full);

        Assert.Equal(
            [
                ("big", "18446744073709551615"), ("channel", "\"Portal\""), ("lines", """
                "[{\"text\":\"Bolt\",\"amount\":1,\"quantity\":2}]"
                """), ("rate", "1.5"), ("received", "\"2026-01-02\""), ("supplier", "\"ACME\""), ("urgent", "false"), ("year", "2026"),
            ],
            entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => (entry.Key, entry.Value.ToJson())));
        Assert.True(TryRead<Origin>(entries, out var again, out var error), error);
        Assert.Equal(s_full with { Lines = null }, again with { Lines = null });
        Assert.Equal(s_full.Lines, again.Lines);
    }

    [Fact]
    public void Entries_survive_their_json_form()
    {
        var entries = Write(s_full).ToDictionary(static entry => entry.Key, static entry =>
        {
            using var document = JsonDocument.Parse(entry.Value.ToJson());
            return MetadataValue.FromJson(document.RootElement);
        });

        Assert.Equal(Write(s_full), entries);
        Assert.True(TryRead<Origin>(entries, out _, out _));
    }

    [Fact]
    public void Null_is_absence_and_a_default_stays()
    {
        var entries = Write(new Origin("A", 1, Channel.Mail, null, 0, null));
        entries.Remove("urgent");

        Assert.DoesNotContain("rate", entries.Keys);
        Assert.True(TryRead<Origin>(entries, out var value, out _));
        Assert.True(value.Urgent);
        Assert.Null(value.Lines);
    }

    [Theory]
    [InlineData("supplier", null, "no entry 'supplier'")]
    [InlineData("year", "soon", "'year' holds Text")]
    [InlineData("channel", "Fax", "'channel' holds Text")]
    [InlineData("lines", "[{]", "'lines' holds Text")]
    public void What_does_not_fit_is_named(string name, string? text, string expected)
    {
        var entries = Write(s_full);
        entries.Remove(name);
        if (text is not null)
        {
            entries[name] = text;
        }

        Assert.False(TryRead<Origin>(entries, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_normalised_so_that_equal_values_have_one_form()
    {
        Assert.Equal(MetadataValue.FromInt64(3), MetadataValue.FromDouble(3.0));
        Assert.Equal(MetadataValue.FromInt64(3), MetadataValue.FromDecimal(3.00m));
        Assert.Equal(MetadataValue.FromDouble(1.5), MetadataValue.FromDecimal(1.50m));
        Assert.Equal(0.1m, MetadataValue.FromDouble(0.1).AsDecimal);
        Assert.Throws<ArgumentOutOfRangeException>(() => MetadataValue.FromDouble(double.NaN));
    }

    private static Dictionary<string, MetadataValue> Write<T>(T value)
        where T : IBatchMetadata<T>
    {
        var entries = new Dictionary<string, MetadataValue>();
        T.Write(value, entries);
        return entries;
    }

    private static bool TryRead<T>(IReadOnlyDictionary<string, MetadataValue> entries, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value, out string? error)
        where T : IBatchMetadata<T> => T.TryRead(entries, out value, out error);
}
