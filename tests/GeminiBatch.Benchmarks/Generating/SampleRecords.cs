using System.Globalization;
using System.Text;

namespace GeminiBatch.Benchmarks;

/// <summary>The same record types for two generators: any number of roots, each an order and its lines, each in a file of its own.</summary>
internal static class SampleRecords
{
    public const string UnrelatedBody = "return left + right;";

    /// <summary>A file without any record, whose method bodies users edit most of the time.</summary>
    public const string Unrelated = $$"""
        namespace Sample;

        public static class Unrelated
        {
            public static int Add(int left, int right)
            {
                {{UnrelatedBody}}
            }
        }
        """;

    public static string Own(int number) => Records(number, "[GeminiBatch.ExtractionSchema]\n", "partial ");

    public static string Platform(int number) => Records(number, "", "");

    /// <summary>The context that System.Text.Json's generator is asked by.</summary>
    public static string Context(int count)
    {
        var text = new StringBuilder("namespace Sample;\n\n");
        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"[System.Text.Json.Serialization.JsonSerializable(typeof(Order{i}))]\n");
        }

        return text.Append("public sealed partial class SampleContext : System.Text.Json.Serialization.JsonSerializerContext;\n").ToString();
    }

    private static string Records(int number, string attribute, string modifier) => string.Create(CultureInfo.InvariantCulture, $$"""
        using System;
        using System.Collections.Generic;

        namespace Sample;

        /// <summary>One order of a customer.</summary>
        /// <param name="Number">The order's number exactly as printed.</param>
        {{attribute}}public sealed {{modifier}}record Order{{number}}(
            string Number, DateOnly? OrderedOn, OrderState{{number}} State, string Supplier, string? Reference, decimal Total, bool IsPaid,
            IReadOnlyList<OrderLine{{number}}> Lines)
        {
            public string Describe()
            {
                return Number + Supplier;
            }
        }

        /// <summary>One line of an order.</summary>
        public sealed record OrderLine{{number}}(string Article, string Text, int Quantity, decimal Price);

        public enum OrderState{{number}} { Open, Shipped, Paid }

        """);
}
