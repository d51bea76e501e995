using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace GeminiBatch.Generators;

/// <summary>Finds API keys in source. What is found is never repeated in a message.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.HardCodedKey];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(AnalyzeLiteral, OperationKind.Literal);
        context.RegisterOperationAction(AnalyzeAssignment, OperationKind.SimpleAssignment);
    }

    private static void AnalyzeLiteral(OperationAnalysisContext context)
    {
        if (context.Operation.ConstantValue is { HasValue: true, Value: string text } && LooksLikeKey(text))
        {
            context.ReportDiagnostic(Diagnostic.Create(UsageRules.HardCodedKey, context.Operation.Syntax.GetLocation()));
        }
    }

    private static void AnalyzeAssignment(OperationAnalysisContext context)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "ApiKey", ContainingNamespace.Name: "GeminiBatch" } }
            && assignment.Value.ConstantValue is { HasValue: true, Value: string { Length: > 0 } text } && !LooksLikeKey(text))
        {
            context.ReportDiagnostic(Diagnostic.Create(UsageRules.HardCodedKey, assignment.Value.Syntax.GetLocation()));
        }
    }

    /// <summary>The form of Google's API keys: a fixed start and 35 characters of an address-safe alphabet.</summary>
    private static bool LooksLikeKey(string text) => text.Length == 39 && text.StartsWith("AIza", StringComparison.Ordinal)
        && text.All(static character => character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_');
}
