using System.Text.Json;

namespace GeminiBatch.Scaffolding;

/// <summary>One allowed value.</summary>
internal sealed record SchemaLiteral(JsonElement Value, string? MemberName = null, string? Description = null)
{
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
