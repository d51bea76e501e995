using System.Text;

namespace GeminiBatch.Scaffolding;

/// <summary>Prints shapes as C#.</summary>
internal static class SourceWriter
{
    public static ScaffoldedSource Write(SourceShape source, ScaffoldingOptions options, IReadOnlyList<ScaffoldingNote> notes)
    {
        var accessibility = options.Accessibility == ScaffoldedAccessibility.Public ? "public" : "internal";
        var parts = source.Types.Select(type => TypeWriter.Write(type, accessibility)).ToList();
        if (source.Declaration is { } declaration)
        {
            parts.Insert(0, TypeWriter.WriteDeclaration(declaration, source, accessibility));
        }

        List<ScaffoldedFile> files = options.OneFilePerType
            ? parts.ConvertAll(part => new ScaffoldedFile($"{part.Name}.cs", File([part], options.Namespace)))
            : [new ScaffoldedFile($"{parts[0].Name}.cs", File(parts, options.Namespace))];
        var declaring = source.Declaration ?? source.Root.Type.Name;
        return new ScaffoldedSource(files, source.Root.Text, $"{options.Namespace}.{declaring}", notes);
    }

    private static string File(IReadOnlyCollection<TypeText> parts, string space)
    {
        var text = new StringBuilder();
        var usings = parts.SelectMany(part => part.Usings).Distinct(StringComparer.Ordinal)
            .OrderBy(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal))
            .ThenBy(name => name, StringComparer.Ordinal);
        foreach (var name in usings)
        {
            text.Append("using ").Append(name).Append(";\n");
        }

        text.Append(text.Length > 0 ? "\n" : "").Append("namespace ").Append(space).Append(";\n");
        foreach (var part in parts)
        {
            text.Append('\n').Append(part.Text);
        }

        return text.ToString();
    }
}
