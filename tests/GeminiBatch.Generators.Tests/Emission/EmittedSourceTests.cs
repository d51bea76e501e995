using GeminiBatch.Testing;

namespace GeminiBatch.Generators.Tests;

public class EmittedSourceTests
{
    [Theory]
    [InlineData("Invoice", """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using GeminiBatch;
        namespace Shop;

        /// <summary>One supplier invoice.</summary>
        /// <param name="Number">Invoice number exactly as printed.</param>
        [ExtractionSchema]
        public sealed partial record Invoice(string Number, DateOnly? IssuedOn, Currency Currency,
            [Range(0, 10_000_000)] decimal Total, IReadOnlyList<LineItem> Lines);
        public sealed record LineItem(string Text, decimal Amount) { public int Quantity { get; init; } = 1; }
        public enum Currency { EUR, USD }
        """)]
    [InlineData("Nested", """
        using System.Collections.Generic;
        using GeminiBatch;
        internal static partial class Outer
        {
            [ExtractionSchema] public partial struct Tree { public required string Name { get; set; } public Dictionary<int, Tree[]>? Children { get; init; } }
        }
        """)]
    [InlineData("Origin", """
        using System.Collections.Generic;
        using GeminiBatch;
        namespace Shop;
        [BatchMetadata] public sealed partial record Origin(string Supplier, int? Year) { [JsonEncoded] public List<Tag> Tags { get; init; } = []; }
        public sealed record Tag(string Name);
        """)]
    [InlineData("Foreign", """
        using GeminiBatch;
        namespace Shop;
        public sealed record Part(string Name);
        [ExtractionSchema<Part>] public static partial class Foreign;
        """)]
    public void The_emitted_source_reads_as_reviewed(string name, string source)
    {
        var run = GeneratorRun.Of(source).AssertCompiles();

        Assert.All(run.Sources, generated => Snapshot.Matches(
            generated.Value.Replace(typeof(ExtractionSchema).Assembly.GetName().Version!.ToString(3), "VERSION", StringComparison.Ordinal), $"{name}#{generated.Key[..^".g.cs".Length]}", "cs"));
    }
}
