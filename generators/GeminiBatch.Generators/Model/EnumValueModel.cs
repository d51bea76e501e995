namespace GeminiBatch.Generators;

internal sealed record EnumValueModel(string JsonName, string MemberName, string? Description, EquatableArray<string> Aliases);
