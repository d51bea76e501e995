using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>Finds the members at which recursive types end, once all types are known.</summary>
internal static class RecursionParser
{
    /// <summary>Marks the members, and reports one whose type could never be complete.</summary>
    /// <param name="graph">The finished graph.</param>
    /// <param name="sources">Where each member is declared.</param>
    public static void Mark(TypeGraphParser graph, IReadOnlyDictionary<(int Type, int Field), (string Path, Location? Location)> sources)
    {
        var cycles = new SchemaCycles([.. graph.Types.Select(type => Edges(graph, type))]).Find();
        if (cycles.Endless is { } endless)
        {
            var (path, location) = sources[endless];
            graph.Report(Rules.EndlessRecursion, location, path, graph.Types[endless.Type].Name);
            return;
        }

        foreach (var (type, index) in cycles.Recursive)
        {
            var fields = graph.Types[type].Fields.ToList();
            var field = fields[index];
            fields[index] = field with
            {
                Recursive = true,
                Presence = SchemaPresence.Optional,
                DefaultExpression = field.DefaultExpression ?? (field.Nullable || field.Presence == SchemaPresence.Optional ? null : Empty(graph, field)),
            };
            graph.Types[type] = graph.Types[type] with { Fields = new(fields) };
        }
    }

    private static IReadOnlyList<SchemaCycles.Edge> Edges(TypeGraphParser graph, TypeModel type) =>
    [
        .. type.ItemType >= 0 ? new[] { new SchemaCycles.Edge(type.ItemType, -1, CanEnd: false) } : [],
        .. type.Cases.Select(static option => new SchemaCycles.Edge(option.Type, -1, CanEnd: false)),
        .. type.Fields.Where(field => !type.IsElsewhere || !field.Recursive).Select((field, index) => new SchemaCycles.Edge(
            field.Type, index, field.Nullable || field.Presence == SchemaPresence.Optional || graph.Types[field.Type].ItemType >= 0)),
    ];

    private static string Empty(TypeGraphParser graph, FieldModel field)
    {
        var type = graph.Types[field.Type];
        var item = graph.Types[type.ItemType].CSharpName + (type.ItemNullable ? "?" : "");
        return DefaultValues.Empty(type, type.KeyType < 0 ? null : graph.Types[type.KeyType], item);
    }
}
