namespace GeminiBatch.Generators;

/// <summary>Prints the writer of one object type: the inverse of its reader.</summary>
internal static class WriterEmitter
{
    public const string Target = SchemaEmitter.Runtime + "AnswerWriter.";

    public static void Write(SourceWriter source, SchemaModel model, TypeModel type)
    {
        var nullable = type.IsValueType ? "" : "?";
        source.Open($"private static void Write{type.Identifier}(global::System.Text.Json.Utf8JsonWriter writer, {type.CSharpName}{nullable} value)");
        if (!type.IsValueType)
        {
            source.Open("if (value is null)").Line("writer.WriteNullValue();").Line("return;").Close().Line();
        }

        source.Line("writer.WriteStartObject();");
        if (!type.IsCase)
        {
            WriteMembers(source, model, type);
            source.Line("writer.WriteEndObject();").Close().Line();
            return;
        }

        source.Line($"Write{type.Identifier}Members(writer, value);").Line("writer.WriteEndObject();").Close().Line();
        source.Open($"private static void Write{type.Identifier}Members(global::System.Text.Json.Utf8JsonWriter writer, {type.CSharpName} value)");
        WriteMembers(source, model, type);
        source.Close().Line();
    }

    private static void WriteMembers(SourceWriter source, SchemaModel model, TypeModel type)
    {
        foreach (var field in type.Fields)
        {
            source.Line($"writer.WritePropertyName({Literals.ShortUtf8(field.JsonName)});");
            source.Line(Statement(model, field.Type, field.IsNullableValueType, $"value.{Literals.Identifier(field.MemberName)}") + ";");
        }
    }

    public static string Statement(SchemaModel model, int index, bool isNullableValueType, string value)
    {
        var type = model.Types[index];
        if (isNullableValueType)
        {
            return $"{Target}WriteNullable(writer, {value}, {Function(model, index, isNullableValueType: false)})";
        }

        return type.Kind switch
        {
            _ when type.IsElsewhere => $"{ReaderEmitter.OwnSchema}Write(writer, {value})",
            SchemaKind.Object or SchemaKind.Union => $"Write{type.Identifier}(writer, {value})",
            SchemaKind.Integer => $"{Target}WriteInteger(writer, {value})",
            SchemaKind.Enum => $"{Target}WriteEnum(writer, {value}, {TypeTables.NamesOf(type)})",
            SchemaKind.Array => $"{Target}WriteList(writer, {value}, {ItemFunction(model, type)})",
            SchemaKind.Map => $"{Target}WriteMap(writer, {value}, {KeyFunction(model, type)}, {ItemFunction(model, type)})",
            _ => $"{Target}Write(writer, {value})",
        };
    }

    private static string ItemFunction(SchemaModel model, TypeModel type) =>
        Function(model, type.ItemType, type.ItemNullable && model.Types[type.ItemType].IsValueType);

    public static string Function(SchemaModel model, int index, bool isNullableValueType)
    {
        var type = model.Types[index];
        return type.Kind is SchemaKind.Object or SchemaKind.Union && !isNullableValueType
            ? type.IsElsewhere ? $"{ReaderEmitter.OwnSchema}Write" : $"Write{type.Identifier}"
            : $"static (writer, value) => {Statement(model, index, isNullableValueType, "value")}";
    }

    private static string KeyFunction(SchemaModel model, TypeModel map)
    {
        var key = model.Types[map.KeyType];
        return key.Kind switch
        {
            SchemaKind.Enum => $"{TypeTables.NamesOf(key)}.NameOf",
            SchemaKind.Integer => "static key => key.ToString(null, global::System.Globalization.CultureInfo.InvariantCulture)",
            _ => "static key => key",
        };
    }
}
