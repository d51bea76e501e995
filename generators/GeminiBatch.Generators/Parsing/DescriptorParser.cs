using System.Globalization;
using Json = System.Collections.Generic.Dictionary<string, object?>;

namespace GeminiBatch.Generators;

/// <summary>Turns another assembly's descriptor into types that are asked for here and read there.</summary>
internal static class DescriptorParser
{
    /// <summary>The types, whose references begin at an offset; none where the descriptor is of another version.</summary>
    public static List<TypeModel> Parse(string json, string csharpName, int offset)
    {
        if (JsonText.Read(json, isExact: true) is not Json root || Integer(root, "version") != DescriptorText.Version)
        {
            return [];
        }

        var types = Items(root, "types").Select(type => Type(type, offset)).ToList();
        types[0] = types[0] with { CSharpName = csharpName };
        return types;
    }

    private static TypeModel Type(Json json, int offset) => new()
    {
        Kind = Name<SchemaKind>(json, "kind"),
        CSharpName = "",
        Name = Text(json, "name") ?? "",
        IsElsewhere = true,
        Description = Text(json, "description"),
        ItemType = Reference(json, "item", offset),
        ItemNullable = Flag(json, "itemNullable"),
        KeyType = Reference(json, "key", offset),
        Form = Flag(json, "unique") ? CollectionForm.Set : CollectionForm.None,
        IntegerMinimum = Raw(json, "minimum"),
        IntegerMaximum = Raw(json, "maximum"),
        Discriminator = Text(json, "discriminator"),
        Cases = new(Items(json, "cases").Select(option => new UnionCaseModel(Text(option, "name")!, Reference(option, "type", offset)))),
        Fields = new(Items(json, "fields").Select(field => Field(field, offset))),
        EnumValues = new(Items(json, "values").Select(static value =>
            new EnumValueModel(Text(value, "name")!, Text(value, "member") ?? Text(value, "name")!, Text(value, "description"), Texts(value, "aliases")))),
    };

    private static FieldModel Field(Json json, int offset) => new()
    {
        JsonName = Text(json, "name")!,
        MemberName = Text(json, "member") ?? Text(json, "name")!,
        Local = "",
        Type = Reference(json, "type", offset),
        DeclaredType = "",
        SetterType = "",
        Nullable = Flag(json, "nullable"),
        Presence = json.ContainsKey("presence") ? Name<SchemaPresence>(json, "presence") : SchemaPresence.Required,
        Recursive = Flag(json, "recursive"),
        DefaultJson = Raw(json, "default"),
        Description = Text(json, "description"),
        Aliases = Texts(json, "aliases"),
        Constraints = new()
        {
            Minimum = Raw(json, "minimum"),
            Maximum = Raw(json, "maximum"),
            MinimumIsExclusive = Flag(json, "minimumIsExclusive"),
            MaximumIsExclusive = Flag(json, "maximumIsExclusive"),
            MinLength = Integer(json, "minLength"),
            MaxLength = Integer(json, "maxLength"),
            Pattern = Text(json, "pattern"),
            Form = json.ContainsKey("form") ? Name<SchemaTextForm>(json, "form") : SchemaTextForm.Any,
            Allowed = new(List(json, "allowed").Select(Raw)),
            Denied = new(List(json, "denied").Select(Raw)),
        },
    };

    private static object? Member(Json json, string name) => json.TryGetValue(name, out var value) ? value : null;

    private static string? Text(Json json, string name) => Member(json, name) as string;

    private static bool Flag(Json json, string name) => Member(json, name) is true;

    private static int? Integer(Json json, string name) => Member(json, name) is JsonNumber number ? int.Parse(number.Text, CultureInfo.InvariantCulture) : null;

    private static int Reference(Json json, string name, int offset) => Integer(json, name) is { } index ? index + offset : -1;

    private static T Name<T>(Json json, string name)
        where T : struct => Enum.TryParse<T>(Text(json, name), ignoreCase: true, out var value) ? value : throw new FormatException($"'{Text(json, name)}' is no {typeof(T).Name}.");

    private static List<object?> List(Json json, string name) => Member(json, name) as List<object?> ?? [];

    private static IEnumerable<Json> Items(Json json, string name) => List(json, name).OfType<Json>();

    private static EquatableArray<string> Texts(Json json, string name) => new(List(json, name).OfType<string>());

    private static string? Raw(Json json, string name) => json.TryGetValue(name, out var value) ? Raw(value) : null;

    private static string Raw(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        JsonNumber number => number.Text,
        string text => new JsonBuilder().String(text).ToString(),
        List<object?> items => $"[{string.Join(",", items.Select(Raw))}]",
        Json members => $"{{{string.Join(",", members.Select(static member => $"{new JsonBuilder().String(member.Key)}:{Raw(member.Value)}"))}}}",
        _ => throw new FormatException("This is no JSON."),
    };
}
