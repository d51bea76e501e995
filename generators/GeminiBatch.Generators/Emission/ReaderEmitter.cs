namespace GeminiBatch.Generators;

/// <summary>Prints the reader of one object type: locals, one loop, one constructor call.</summary>
internal static class ReaderEmitter
{
    /// <summary>Reads, writes and compares types that other assemblies have schemas for.</summary>
    public const string OwnSchema = SchemaEmitter.Runtime + "OwnSchema.";

    public static void Write(SourceWriter source, SchemaModel model, TypeModel type)
    {
        var index = IndexOf(model, type);
        source.Open($"private static {type.CSharpName} Read{type.Identifier}(scoped ref {SchemaEmitter.Runtime}AnswerReader reader)");
        WriteLocals(source, type);
        source.Line($"var cursor = reader.ReadObject(s_shapes[{index}]);");
        source.Open("while (cursor.Next(ref reader))");
        if (type.Fields.Count > 0)
        {
            source.Open("switch (cursor.Field)");
            for (var i = 0; i < type.Fields.Count; i++)
            {
                var field = type.Fields[i];
                source.Line($"case {i}: {field.Local} = {Expression(model, field.Type, field.Nullable)}; break;");
            }

            source.Close();
        }

        source.Close().Line();
        WriteConstruction(source, type, "reader.Failed", static (_, i) => $"cursor.Has({i})");
        source.Close().Line();
        WriteAccessors(source, type);
    }

    public static void WriteLocals(SourceWriter source, TypeModel type)
    {
        foreach (var field in type.Fields)
        {
            source.Line($"{field.DeclaredType} {field.Local} = {field.DefaultExpression ?? (field.Nullable ? "null" : "default!")};");
        }
    }

    /// <summary>Prints the constructor call and what is set only when it was read.</summary>
    public static void WriteConstruction(SourceWriter source, TypeModel type, string failed, Func<FieldModel, int, string> isPresent)
    {
        var arguments = string.Join(", ", type.ConstructorArguments);
        var initializers = type.Fields.Where(static field => field.Setting is FieldSetting.Initializer or FieldSetting.ConstructorAndInitializer)
            .Select(static field => $"{Literals.Identifier(field.MemberName)} = {field.Local}").ToList();
        var call = $"new {type.CSharpName}({arguments}){(initializers.Count > 0 ? $" {{ {string.Join(", ", initializers)} }}" : "")}";
        var later = type.Fields.Select(static (field, index) => (field, index))
            .Where(static pair => pair.field.Setting is FieldSetting.Setter or FieldSetting.UnsafeAccessor or FieldSetting.With).ToList();
        if (later.Count == 0)
        {
            source.Line($"return {failed} ? default! : {call};");
            return;
        }

        source.Open($"if ({failed})").Line("return default!;").Close().Line();

        source.Line($"var result = {call};");
        foreach (var (field, index) in later)
        {
            source.Open($"if ({isPresent(field, index)})");
            source.Line(field.Setting == FieldSetting.Setter ? $"result.{Literals.Identifier(field.MemberName)} = {field.Local};"
                : field.Setting == FieldSetting.With ? $"result = result with {{ {Literals.Identifier(field.MemberName)} = {field.Local} }};"
                : $"{Accessor(type, field)}({(type.IsValueType ? "ref " : "")}result, {field.Local});");
            source.Close().Line();
        }

        source.Line("return result;");
    }

    public static void WriteAccessors(SourceWriter source, TypeModel type)
    {
        foreach (var field in type.Fields.Where(static field => field.Setting == FieldSetting.UnsafeAccessor))
        {
            var attribute = $"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = {Literals.String("set_" + field.MemberName)})]";
            if (field.Accessor is { } generic)
            {
                source.Open($"private static class Set{type.Identifier}{field.MemberName}{generic.Parameters}{generic.Constraints}");
                source.Line(attribute).Line($"public static extern void On({generic.Target} target, {generic.Value} value);").Close().Line();
                continue;
            }

            // An init accessor can be called only here, and only so its initializer stays in force when the answer has no value.
            source.Line(attribute);
            source.Line($"private static extern void Set{type.Identifier}{field.MemberName}({(type.IsValueType ? "ref " : "")}{field.SetterType} target, {field.DeclaredType} value);").Line();
        }
    }

    private static string Accessor(TypeModel type, FieldModel field) =>
        $"Set{type.Identifier}{field.MemberName}{(field.Accessor is { } generic ? generic.Arguments + ".On" : "")}";

    public static string Expression(SchemaModel model, int index, bool nullable)
    {
        var type = model.Types[index];
        var value = type.Kind switch
        {
            _ when type.IsElsewhere => $"{OwnSchema}Read<{type.CSharpName}>(ref reader)",
            SchemaKind.Object or SchemaKind.Union => $"Read{type.Identifier}(ref reader)",
            SchemaKind.Boolean => "reader.ReadBoolean()",
            SchemaKind.Integer => $"reader.ReadInteger<{type.CSharpName}>()",
            SchemaKind.Number => $"reader.ReadNumber<{type.CSharpName}>()",
            SchemaKind.Decimal => "reader.ReadDecimal()",
            SchemaKind.Date => "reader.ReadDate()",
            SchemaKind.Time => "reader.ReadTime()",
            SchemaKind.DateTime => "reader.ReadDateTime()",
            SchemaKind.DateTimeOffset => "reader.ReadDateTimeOffset()",
            SchemaKind.Duration => "reader.ReadDuration()",
            SchemaKind.Guid => "reader.ReadGuid()",
            SchemaKind.Uri => "reader.ReadUri()",
            SchemaKind.Any => type.IsValueType ? "reader.ReadAny()" : "reader.ReadNode()",
            SchemaKind.Enum => $"reader.ReadEnum({TypeTables.NamesOf(type)})",
            SchemaKind.Array => Made(type, $"reader.Read{type.Form}<{ItemName(model, type)}>({Function(model, type.ItemType, type.ItemNullable)})"),
            SchemaKind.Map => Made(type, $"reader.ReadMap<{model.Types[type.KeyType].CSharpName}, {ItemName(model, type)}>({KeyFunction(model, type)}, {Function(model, type.ItemType, type.ItemNullable)})"),
            _ => "reader.ReadString()",
        };
        return nullable ? $"reader.TryReadNull() ? null : {value}" : value;
    }

    private static string Made(TypeModel type, string collection) => type.Maker is null ? collection : $"{type.Maker}({collection})";

    public static string ItemName(SchemaModel model, TypeModel type) => model.Types[type.ItemType].CSharpName + (type.ItemNullable ? "?" : "");

    public static string Function(SchemaModel model, int index, bool nullable)
    {
        var type = model.Types[index];
        return type.Kind is SchemaKind.Object or SchemaKind.Union && !nullable
            ? type.IsElsewhere ? $"{OwnSchema}Read<{type.CSharpName}>" : $"Read{type.Identifier}"
            : $"static (scoped ref {SchemaEmitter.Runtime}AnswerReader reader) => {Expression(model, index, nullable)}";
    }

    private static string KeyFunction(SchemaModel model, TypeModel map)
    {
        var key = model.Types[map.KeyType];
        return key.Kind switch
        {
            SchemaKind.Enum => $"{TypeTables.NamesOf(key)}.TryRead",
            SchemaKind.Integer => $"{SchemaEmitter.Runtime}MapKeys.TryReadInteger<{key.CSharpName}>",
            _ => $"{SchemaEmitter.Runtime}MapKeys.TryReadString",
        };
    }

    public static int IndexOf(SchemaModel model, TypeModel type)
    {
        for (var i = 0; i < model.Types.Count; i++)
        {
            if (ReferenceEquals(model.Types[i], type))
            {
                return i;
            }
        }

        return -1;
    }
}
