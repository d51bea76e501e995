using System.Globalization;
using System.Text;

namespace GeminiBatch.Benchmarks;

/// <summary>One order as models write it: clean, in a fence, and with what they get wrong.</summary>
internal static class OrderAnswers
{
    /// <summary>Lines of an order whose JSON has about 2 KB.</summary>
    public const int FewLines = 16;

    public static Order Order(int lines) => new(
        "A-2026-0815", new DateOnly(2026, 11, 22), null, "Schrauben Müller GmbH & Co. KG", "ACME Industries Ltd.", "Your order of 3 November", OrderState.Shipped,
        1234.50m, 234.56m, 1469.06m, false,
        [.. Enumerable.Range(1, lines).Select(static i => new OrderLine($"SM-{i:0000}", $"Hexagon bolt M{i} zinc plated, box of 100", i, 3.25m, 3.25m * i))]);

    public static byte[] Clean(int lines) => GeminiBatch.Benchmarks.Order.Schema.WriteUtf8(Order(lines));

    public static byte[] Fenced(int lines) => [.. "```json\n"u8, .. Clean(lines), .. "\n```\n"u8];

    /// <summary>A sentence, a fence, and some thirty things to mend for 2 KB: names without quotes, single quotes, comments, commas too many and too few, Python's literals, numbers as text.</summary>
    public static byte[] Messy(int lines)
    {
        var order = Order(lines);
        var text = new StringBuilder("Sure! Here is the order as JSON:\n\n```json\n{\n  number: \"A-2026-0815\",\n  \"issuedOn\": \"22 November 2026\", // as printed\n  'dueOn': None,\n");
        text.Append("  \"supplier\": 'Schrauben Müller GmbH & Co. KG',\n  \"customer\": \"ACME Industries Ltd.\"\n  \"reference\": \"Your order of 3 November\",\n  \"State\": \"shipped\",\n");
        text.Append("  \"net\": \"1,234.50\",\n  \"tax\": 234.56,\n  \"total\": \"$1,469.06\",\n  \"paid\": False,\n  \"lines\": [\n");
        foreach (var line in order.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {{\"code\": \"{line.Code}\", \"text\": \"{line.Text}\", ");
            text.Append((line.Quantity % 4) switch
            {
                0 => string.Create(CultureInfo.InvariantCulture, $"quantity: {line.Quantity}, 'price': {line.Price}, \"amount\": {line.Amount},}},\n"),
                1 => string.Create(CultureInfo.InvariantCulture, $"\"quantity\": \"{line.Quantity}\", \"price\": {line.Price} \"amount\": {line.Amount}}}\n"),
                _ => string.Create(CultureInfo.InvariantCulture, $"\"quantity\": {line.Quantity}, \"price\": {line.Price}, \"amount\": {line.Amount}}},\n"),
            });
        }

        return Encoding.UTF8.GetBytes(text.Append("  ],\n}\n```\nLet me know if you need anything else.").ToString());
    }

    /// <summary>The same with nothing but a comma too many at its end, so that the strict tier reads almost all of it first.</summary>
    public static byte[] TrailingComma(int lines) => [.. Clean(lines)[..^2], .. ",]}"u8];
}
