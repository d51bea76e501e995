using System.Text;

namespace GeminiBatch.Scaffolding;

/// <summary>Prints one type.</summary>
internal sealed class TypeWriter
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _usings = new(StringComparer.Ordinal);

    public static TypeText Write(TypeShape type, string accessibility)
    {
        var writer = new TypeWriter();
        switch (type)
        {
            case RecordShape record: writer.Record(record, accessibility); break;
            case UnionShape union: writer.Union(union, accessibility); break;
            case EnumShape values: writer.Enum(values, accessibility); break;
        }

        return new TypeText(type.Name, writer._text.ToString(), writer._usings);
    }

    /// <summary>The class that declares the schema of a root that cannot carry the attribute.</summary>
    public static TypeText WriteDeclaration(string name, SourceShape source, string accessibility)
    {
        var writer = new TypeWriter();
        writer._usings.UnionWith([.. source.Root.Type.Usings, "GeminiBatch"]);
        writer.Describe("", source.Description);
        writer.Line("", $"[ExtractionSchema<{source.Root.Text}>]");
        writer.Line("", $"{accessibility} static partial class {name};");
        return new TypeText(name, writer._text.ToString(), writer._usings);
    }

    private void Record(RecordShape record, string accessibility)
    {
        Describe("", record.Description);
        if (record.IsRoot)
        {
            Line("", "[ExtractionSchema]");
            _usings.Add("GeminiBatch");
        }

        var heritage = record.Base is { } union ? $" : {union.Name}" : "";
        var header = $"{accessibility} sealed {(record.IsRoot ? "partial " : "")}record {record.Name}{heritage}";
        if (record.Members.Count == 0)
        {
            Line("", header + ";");
            return;
        }

        Line("", header);
        Line("", "{");
        for (var index = 0; index < record.Members.Count; index++)
        {
            Member(record.Members[index], isFirst: index == 0);
        }

        Line("", "}");
    }

    private void Member(MemberShape member, bool isFirst)
    {
        const string indent = "    ";
        _text.Append(isFirst ? "" : "\n");
        _usings.UnionWith(member.Usings);
        Describe(indent, member.Description);
        Annotate(indent, member.Annotations);
        Line(indent, $"public {(member.IsRequired ? "required " : "")}{member.Use.Text} {member.Name} {{ get; init; }}{(member.Default is { } value ? $" = {value};" : "")}");
    }

    private void Union(UnionShape union, string accessibility)
    {
        _usings.Add("System.Text.Json.Serialization");
        Describe("", union.Description);
        Line("", union.Discriminator is { } name ? $"[JsonPolymorphic(TypeDiscriminatorPropertyName = {Literals.Text(name)})]" : "[JsonPolymorphic]");
        foreach (var each in union.Cases)
        {
            Line("", each.DiscriminatorValue is { } value
                ? $"[JsonDerivedType(typeof({each.Record.Name}), {Literals.Text(value)})]"
                : $"[JsonDerivedType(typeof({each.Record.Name}))]");
        }

        Line("", $"{accessibility} abstract record {union.Name};");
    }

    private void Enum(EnumShape type, string accessibility)
    {
        Describe("", type.Description);
        Line("", $"{accessibility} enum {type.Name}");
        Line("", "{");
        for (var index = 0; index < type.Values.Count; index++)
        {
            var value = type.Values[index];
            _text.Append(index > 0 && (value.Description ?? type.Values[index - 1].Description) is not null ? "\n" : "");
            Describe("    ", value.Description);
            Annotate("    ", value.Annotations);
            Line("    ", value.MemberName + ",");
        }

        Line("", "}");
    }

    /// <summary>A description as a comment, or as an attribute where a comment would change it.</summary>
    private void Describe(string indent, string? description)
    {
        if (string.IsNullOrWhiteSpace(description))
        {
            return;
        }

        var isPlain = description.Trim().Length == description.Length && !description.Contains("  ", StringComparison.Ordinal)
            && Literals.IsPlain(description.Replace("\"", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal));
        if (isPlain)
        {
            var escaped = description.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
            Line(indent, $"/// <summary>{escaped}</summary>");
        }
        else
        {
            Annotate(indent, [Annotation.Description(description)]);
        }
    }

    private void Annotate(string indent, IEnumerable<Annotation> annotations)
    {
        foreach (var annotation in annotations)
        {
            _usings.Add(annotation.Using);
            Line(indent, $"[{annotation.Text}]");
        }
    }

    private void Line(string indent, string text) => _text.Append(indent).Append(text).Append('\n');
}
