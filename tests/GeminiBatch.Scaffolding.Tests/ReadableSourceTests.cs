namespace GeminiBatch.Scaffolding.Tests;

/// <summary>The source reads as if written by hand.</summary>
public sealed class ReadableSourceTests
{
    [Fact]
    public void An_object_with_everything_becomes_the_record_one_would_write()
    {
        var source = Text("""
            {
              "title": "Invoice", "description": "One supplier invoice.", "type": "object",
              "properties": {
                "number": { "type": "string", "description": "Invoice number exactly as printed.", "minLength": 1, "maxLength": 30 },
                "issuedOn": { "type": ["string", "null"], "format": "date" },
                "currency": { "$ref": "#/$defs/Currency" },
                "total": { "type": "number", "multipleOf": 0.01, "minimum": 0, "maximum": 10000000, "x-alias": "Amount due" },
                "page_count": { "type": "integer", "default": 1, "minimum": 1, "maximum": 500 },
                "lines": { "type": "array", "minItems": 1, "items": { "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"] } },
                "labels": { "type": "object", "additionalProperties": { "type": "string" } }
              },
              "required": ["number", "currency", "total", "lines", "issuedOn"],
              "$defs": { "Currency": { "enum": ["EUR", "CHF"], "x-enumDescriptions": { "CHF": "Swiss franc" } } }
            }
            """);

        Assert.Equal(
            """
            using System;
            using System.Collections.Generic;
            using System.ComponentModel.DataAnnotations;
            using System.Text.Json.Serialization;
            using GeminiBatch;

            namespace Acme.Invoices;

            /// <summary>One supplier invoice.</summary>
            [ExtractionSchema]
            public sealed partial record Invoice
            {
                /// <summary>Invoice number exactly as printed.</summary>
                [Length(1, 30)]
                public required string Number { get; init; }

                public required DateOnly? IssuedOn { get; init; }

                public required Currency Currency { get; init; }

                [Aliases("Amount due")]
                [Range(0.0, 10000000.0)]
                public required decimal Total { get; init; }

                [JsonPropertyName("page_count")]
                [Range(1, 500)]
                public int PageCount { get; init; } = 1;

                [MinLength(1)]
                public required IReadOnlyList<Line> Lines { get; init; }

                public IReadOnlyDictionary<string, string>? Labels { get; init; }
            }

            public enum Currency
            {
                [JsonStringEnumMemberName("EUR")]
                Eur,

                /// <summary>Swiss franc</summary>
                [JsonStringEnumMemberName("CHF")]
                Chf,
            }

            public sealed record Line
            {
                public required string Text { get; init; }
            }

            """, source);
    }

    [Fact]
    public void Alternatives_told_apart_by_a_constant_become_a_hierarchy()
    {
        var source = Text("""
            { "type": "object", "title": "Order", "required": ["step"], "properties": { "step": { "description": "What to do.", "oneOf": [
              { "type": "object", "properties": { "type": { "const": "add" }, "text": { "type": "string" } }, "required": ["type", "text"] },
              { "type": "object", "properties": { "type": { "const": "stop" } }, "required": ["type"] } ] } } }
            """);

        Assert.Contains(
            """
            /// <summary>What to do.</summary>
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
            [JsonDerivedType(typeof(AddStep), "add")]
            [JsonDerivedType(typeof(StopStep), "stop")]
            public abstract record Step;

            public sealed record AddStep : Step
            {
                public required string Text { get; init; }
            }

            public sealed record StopStep : Step;

            """, source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_as_root_is_declared_on_a_static_class()
    {
        var source = SchemaScaffolder.Scaffold("""
            { "type": "array", "items": { "$ref": "#/$defs/Invoice" }, "$defs": { "Invoice": { "type": "object", "properties": { "total": { "type": "number" } } } } }
            """, new ScaffoldingOptions { Namespace = "Acme", RootName = "Invoices", Accessibility = ScaffoldedAccessibility.Internal });

        Assert.Equal(
            """
            using System.Collections.Generic;
            using GeminiBatch;

            namespace Acme;

            [ExtractionSchema<List<Invoice>>]
            internal static partial class InvoicesSchema;

            """, ScaffoldCompilation.Compiled(source).Files[0].Text);
        Assert.Equal(("List<Invoice>", "Acme.InvoicesSchema"), (source.RootType, source.DeclaringType));
        Assert.Equal(["InvoicesSchema.cs", "Invoice.cs"], source.Files.Select(file => file.Name));
    }

    [Fact]
    public void The_same_schema_gives_the_same_bytes_with_line_feeds_only()
    {
        const string schema = """{ "type": "object", "properties": { "a": { "type": "string", "description": "one\r\ntwo" } } }""";

        Assert.Equal(Text(schema), Text(schema));
        Assert.DoesNotContain('\r', Text(schema));
        Assert.Contains("""[Description("one\r\ntwo")]""", Text(schema), StringComparison.Ordinal);
    }

    private static string Text(string schema) => Assert.Single(ScaffoldCompilation.Compiled(
        SchemaScaffolder.Scaffold(schema, new ScaffoldingOptions { Namespace = "Acme.Invoices", OneFilePerType = false })).Files).Text;
}
