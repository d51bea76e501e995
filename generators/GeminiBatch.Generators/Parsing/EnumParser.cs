using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

internal static class EnumParser
{
    public static EquatableArray<EnumValueModel> Parse(TypeGraphParser graph, INamedTypeSymbol type)
    {
        var values = new List<EnumValueModel>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in type.GetMembers().OfType<IFieldSymbol>().Where(static member => member.HasConstantValue))
        {
            graph.Cancellation.ThrowIfCancellationRequested();
            var name = Attributes.Text(member, "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute") ?? member.Name;
            if (names.TryGetValue(name, out var other))
            {
                graph.Report(Rules.DuplicateName, member.Locations.FirstOrDefault(), other, member.Name, type.Name, name);
                continue;
            }

            names.Add(name, member.Name);
            values.Add(new(name, member.Name, Descriptions.Of(member, graph.Cancellation), Attributes.Aliases(null, member)));
        }

        return new(values);
    }
}
