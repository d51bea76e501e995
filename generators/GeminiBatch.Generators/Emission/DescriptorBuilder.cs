namespace GeminiBatch.Generators;

/// <summary>Turns the model into the descriptor that the shared renderers print.</summary>
internal static class DescriptorBuilder
{
    public static SchemaDescriptor Build(SchemaModel model) => new(model.Name, [.. model.Types.Select(Build)]);

    private static SchemaNode Build(TypeModel type) => new(type.Kind)
    {
        Name = type.Name,
        Description = type.Description,
        ItemType = type.ItemType,
        ItemNullable = type.ItemNullable,
        KeyType = type.KeyType,
        UniqueItems = type.Form == CollectionForm.Set,
        IntegerMinimum = type.IntegerMinimum,
        IntegerMaximum = type.IntegerMaximum,
        Discriminator = type.Discriminator,
        Cases = [.. type.Cases.Select(static option => new SchemaUnionCase(option.Name, option.Type))],
        Fields = [.. type.Fields.Select(Build)],
        EnumValues = [.. type.EnumValues.Select(static value => new SchemaEnumValue(value.JsonName)
        {
            MemberName = value.MemberName,
            Description = value.Description,
            Aliases = value.Aliases,
        })],
    };

    public static SchemaField Build(FieldModel field) => new(field.JsonName, field.Type)
    {
        MemberName = field.MemberName,
        Nullable = field.Nullable,
        Presence = field.Presence,
        Recursive = field.Recursive,
        Description = field.Description,
        Aliases = field.Aliases,
        DefaultJson = field.DefaultJson,
        Minimum = field.Constraints.Minimum,
        Maximum = field.Constraints.Maximum,
        MinimumIsExclusive = field.Constraints.MinimumIsExclusive,
        MaximumIsExclusive = field.Constraints.MaximumIsExclusive,
        MinLength = field.Constraints.MinLength,
        MaxLength = field.Constraints.MaxLength,
        Pattern = field.Constraints.Pattern,
        TextForm = field.Constraints.Form,
        AllowedValues = field.Constraints.Allowed,
        DeniedValues = field.Constraints.Denied,
    };
}
