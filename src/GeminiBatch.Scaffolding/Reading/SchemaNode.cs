using System.Text.Json;

namespace GeminiBatch.Scaffolding;

/// <summary>One schema of a document, in whichever dialect it was written.</summary>
/// <param name="pointer">Where it stands; its identity.</param>
internal sealed class SchemaNode(string pointer)
{
    public string Pointer { get; } = pointer;

    /// <summary>The schema this one stands for, when it adds nothing to it but words.</summary>
    public string? Reference { get; set; }

    /// <summary>Whether it is <c>false</c>: no value is allowed.</summary>
    public bool AllowsNothing { get; set; }

    public JsonTypes Types { get; set; }

    public bool Nullable { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    public string? Format { get; set; }

    public string? Pattern { get; set; }

    public JsonElement? Default { get; set; }

    public List<string> Aliases { get; } = [];

    /// <summary>The values of <c>enum</c> or <c>const</c>; null where any value of the type is allowed.</summary>
    public List<SchemaLiteral>? Literals { get; set; }

    public List<SchemaProperty> Properties { get; } = [];

    public List<string> Required { get; } = [];

    public SchemaNode? Items { get; set; }

    public SchemaNode? AdditionalProperties { get; set; }

    public SchemaNode? PropertyNames { get; set; }

    public List<SchemaNode> Alternatives { get; } = [];

    /// <summary>The property whose value tells alternatives apart, where the schema names it.</summary>
    public string? Discriminator { get; set; }

    /// <summary>The discriminator's value by the reference to the alternative.</summary>
    public Dictionary<string, string> DiscriminatorValues { get; } = new(StringComparer.Ordinal);

    public decimal? Minimum { get; set; }

    public decimal? Maximum { get; set; }

    public bool MinimumIsExclusive { get; set; }

    public bool MaximumIsExclusive { get; set; }

    public decimal? MultipleOf { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public int? MinProperties { get; set; }

    public int? MaxProperties { get; set; }

    public bool UniqueItems { get; set; }

    /// <summary>The name of the definition it stands in, when it is one.</summary>
    public string? DefinitionName
    {
        get
        {
            var segments = Pointer.Split('/');
            return segments is [.., "$defs" or "definitions" or "defs" or "schemas", var name] ? JsonPointers.Unescape(name) : null;
        }
    }

    /// <summary>The types it allows, said or implied by its other keywords, null aside.</summary>
    public JsonTypes ImpliedTypes
    {
        get
        {
            if (Types != JsonTypes.None)
            {
                return Types & ~JsonTypes.Null;
            }

            return Properties.Count > 0 || Required.Count > 0 || AdditionalProperties is not null || PropertyNames is not null
                    || MinProperties is not null || MaxProperties is not null ? JsonTypes.Object
                : Items is not null || MinItems is not null || MaxItems is not null || UniqueItems ? JsonTypes.Array
                : Pattern is not null || MinLength is not null || MaxLength is not null || Format is not null ? JsonTypes.String
                : Minimum is not null || Maximum is not null || MultipleOf is not null ? JsonTypes.Number
                : JsonTypes.None;
        }
    }

    /// <summary>Whether null is the only value it allows.</summary>
    public bool IsNull => Types == JsonTypes.Null || Literals is [{ Value.ValueKind: JsonValueKind.Null }];

    /// <summary>Whether it says nothing about the value.</summary>
    public bool AllowsAnything =>
        Reference is null && !AllowsNothing && Literals is null && Alternatives.Count == 0 && ImpliedTypes == JsonTypes.None && !IsNull;
}
