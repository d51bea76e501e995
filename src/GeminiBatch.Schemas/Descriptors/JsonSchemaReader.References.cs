using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

internal sealed partial class JsonSchemaReader
{
    private JsonElement Resolve(string reference, string place)
    {
        if (reference != "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
        {
            throw Refuse(place, reference.StartsWith('#') ? $"\"$ref\" to {reference} is an anchor; write where it stands, as #/$defs/{reference[1..]}"
                : $"\"$ref\" to {reference} leads out of the document");
        }

        var target = _document;
        foreach (var step in reference.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (target.ValueKind == JsonValueKind.Array && IsIndex(step, out var index) && index < target.GetArrayLength())
            {
                target = target[index];
            }
            else if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(name, out target))
            {
                throw Refuse(place, $"\"$ref\" to {reference} finds nothing");
            }
        }

        return target;
    }

    /// <summary>The name at the end of a reference; where a number stands there, that of where the reference is.</summary>
    private static string NameOf(string reference, string name)
    {
        var last = reference[(reference.LastIndexOf('/') + 1)..];
        return last.Length == reference.Length || IsIndex(last, out _) ? name : last;
    }

    private static bool IsIndex(string step, out int index) => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out index);

    private SchemaCycles FindCycles()
    {
        var cycles = new SchemaCycles([.. Enumerable.Range(0, _types.Count).Select(type => Edges(type, choicesEnd: false))]).Find();
        if (cycles.Endless is null)
        {
            return cycles;
        }

        var complete = Complete();
        if (complete.IndexOf(false) is >= 0 and var endless)
        {
            throw Refuse("#", $"'{_types[endless].Name}' is required inside itself, so no value could ever be complete");
        }

        // Every choice on the cycles can be one that ends.
        cycles = new SchemaCycles([.. Enumerable.Range(0, _types.Count).Select(type => Edges(type, choicesEnd: true))]).Find();
        return cycles.Endless is null ? cycles
            : throw Refuse("#", "lists, maps and choices lead back to themselves with no object between them; put the inner ones into a member of an object");
    }

    private IReadOnlyList<SchemaCycles.Edge> Edges(int type, bool choicesEnd) =>
    [
        .. _types[type].ItemType >= 0 ? new[] { new SchemaCycles.Edge(_types[type].ItemType, -1, CanEnd: false) } : [],
        .. _types[type].Cases.Select(static option => new SchemaCycles.Edge(option.Type, -1, CanEnd: false)),
        .. (_fields[type] ?? []).Select((field, index) => new SchemaCycles.Edge(
            field.Node.Type, index, IsOptional(field) || (choicesEnd && _types[field.Node.Type].Cases.Count > 0))),
    ];

    private bool IsOptional(PendingField field) => !field.IsRequired || IsNullable(field.Node) || _types[field.Node.Type].ItemType >= 0;

    /// <summary>Which types have a value that ends, by index.</summary>
    private List<bool> Complete()
    {
        var complete = _types.ConvertAll(static type => type.Cases.Count == 0 && type.Kind != SchemaKind.Object);
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            for (var type = 0; type < complete.Count; type++)
            {
                if (!complete[type] && (_fields[type]?.TrueForAll(field => IsOptional(field) || complete[field.Node.Type])
                    ?? _types[type].Cases.Any(option => complete[option.Type])))
                {
                    complete[type] = true;
                    isChanged = true;
                }
            }
        }

        return complete;
    }
}
