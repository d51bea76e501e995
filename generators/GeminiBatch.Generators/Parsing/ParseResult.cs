using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>What one annotated declaration gives: models to print and mistakes to report.</summary>
internal sealed class ParseResult
{
    public List<SchemaModel> Models { get; } = [];

    public List<Diagnostic> Diagnostics { get; } = [];
}
