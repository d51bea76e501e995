using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace GeminiBatch.Generators;

/// <summary>Finds requests that a model refuses or ignores a part of, by what the catalogue says of it. Never reads the clock.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RequestAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        UsageRules.ToolsWithJson, UsageRules.ThinkingRefused, UsageRules.SettingIgnored, UsageRules.SettingRefused, UsageRules.InlineBytes, UsageRules.RetiredModel,
        UsageRules.UnreadableCatalogue,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterAdditionalFileAction(static file =>
        {
            if (IsCatalogue(file.AdditionalFile) && !TryRead(ModelCatalogue.Shipped, file.AdditionalFile, file.CancellationToken, out _, out var fault))
            {
                var place = Location.Create(file.AdditionalFile.Path, default, default);
                file.ReportDiagnostic(Diagnostic.Create(UsageRules.UnreadableCatalogue, place, Path.GetFileName(file.AdditionalFile.Path), fault));
            }
        });
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("GeminiBatch.GeminiRequest") is null)
            {
                return;
            }

            var catalogue = new Lazy<ModelCatalogue>(() => Read(start.Options, start.CancellationToken));
            start.RegisterOperationAction(operation => Analyze(operation, catalogue.Value), OperationKind.ObjectCreation, OperationKind.With, OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, ModelCatalogue catalogue)
    {
        var check = new RequestCheck(context, catalogue);
        switch (context.Operation)
        {
            case IInvocationOperation { TargetMethod.Name: "GenerateContentAsync" or "CountTokensAsync" } call when IsOurs(call):
                check.Request(Argument(call, "model"), Initialized.Of(Argument(call, "request"), "GeminiRequest"));
                break;
            case IInvocationOperation { TargetMethod.Name: "WriteRow" } call when IsOurs(call):
                check.Row(Argument(call, "request"));
                break;
            case IObjectCreationOperation row when Initialized.IsOurs(row.Type, "GeminiInlineRow"):
                check.Row(row.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "Request")?.Value);
                break;
            case var operation when Initialized.Of(operation, "ExtractionRequest") is { } request:
                check.Extraction(request);
                break;
            case var operation when Initialized.Of(operation, "RecipeOverrides") is { } overrides:
                check.Extraction(overrides);
                break;
        }
    }

    private static bool IsOurs(IInvocationOperation call) => call.TargetMethod.ContainingNamespace is { Name: "GeminiBatch", ContainingNamespace.IsGlobalNamespace: true };

    private static IOperation? Argument(IInvocationOperation call, string name) => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name)?.Value;

    private static bool IsCatalogue(AdditionalText file) => file.Path.EndsWith(ModelCatalogue.FileSuffix, StringComparison.OrdinalIgnoreCase);

    private static ModelCatalogue Read(AnalyzerOptions options, CancellationToken cancellation)
    {
        var catalogue = ModelCatalogue.Shipped;
        foreach (var file in options.AdditionalFiles.Where(static file => IsCatalogue(file)))
        {
            catalogue = TryRead(catalogue, file, cancellation, out var changed, out _) ? changed : catalogue;
        }

        return catalogue;
    }

    private static bool TryRead(ModelCatalogue catalogue, AdditionalText changes, CancellationToken cancellation, out ModelCatalogue changed, out string fault)
    {
        try
        {
            (changed, fault) = (catalogue.With((changes.GetText(cancellation) ?? SourceText.From("")).ToString()), "");
            return true;
        }
        catch (FormatException exception)
        {
            (changed, fault) = (catalogue, exception.Message);
            return false;
        }
    }
}
