using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace GeminiBatch.Generators;

/// <summary>Holds one request against what is known of its model.</summary>
internal sealed class RequestCheck(OperationAnalysisContext context, ModelCatalogue catalogue)
{
    /// <summary>A request of the pipeline, which names its model itself.</summary>
    public void Extraction(Initialized request)
    {
        var model = request.Assignment("Model") is not null ? request.Constant("Model") as string
            : request.Operation is IObjectCreationOperation creation && Initialized.IsOurs(creation.Type, "ExtractionRequest") ? catalogue.DefaultModel : null;
        if (Find(model, request.Value("Model")) is not { } facts)
        {
            return;
        }

        // Without a placement the pipeline gives way by itself.
        var asksForSchema = Initialized.Resolve(request.Value("Schema")) is IFieldReferenceOperation { Field.Name: "Native" or "Both" };
        Settings(facts, request, asksForSchema);
    }

    /// <summary>A request of the wire and the model that it is sent to.</summary>
    public void Request(IOperation? model, Initialized? request)
    {
        if (Find(model is { ConstantValue: { HasValue: true, Value: string id } } ? id : null, model) is { } facts && request is not null)
        {
            Settings(facts, request, asksForSchema: false);
        }
    }

    /// <summary>A request that is sent as a row of a batch.</summary>
    public void Row(IOperation? request)
    {
        foreach (var part in Initialized.Resolve(request)?.DescendantsAndSelf().OfType<IInvocationOperation>() ?? [])
        {
            if (part.TargetMethod.Name == "Inline" && Initialized.IsOurs(part.TargetMethod.ContainingType, "GeminiPart"))
            {
                Report(UsageRules.InlineBytes, part);
            }
        }
    }

    private ModelFacts? Find(string? model, IOperation? place)
    {
        var facts = model is null ? null : catalogue.Find(model);

        // The constants of retired models are obsolete, which the compiler says by itself.
        if (facts is { IsRetired: true } && place is not null && Initialized.Resolve(place) is ILiteralOperation)
        {
            var successor = facts.Successor is null ? null : catalogue.Find(facts.Successor);
            var advice = successor?.Constant is { } constant ? $"GeminiModels.{constant} ({successor.Id})" : successor?.Id ?? "a model that is live";
            Report(UsageRules.RetiredModel, place, facts.Id, facts.Retired is { } day ? "was retired on " + day : "is retired", advice);
        }

        return facts;
    }

    private void Settings(ModelFacts model, Initialized request, bool asksForSchema)
    {
        var settings = Initialized.Of(request.Value("Settings"), "GenerationSettings");
        var asksForJson = asksForSchema || settings?.Constant("ResponseMimeType") is "application/json" || settings?.Assignment("ResponseSchema") is not null
            || settings?.Assignment("ResponseJsonSchema") is not null;
        if (asksForJson && model.StructuredOutputWithTools == false && HasItems(request.Value("Tools")))
        {
            Report(UsageRules.ToolsWithJson, request.Assignment("Tools")!, model.Id);
        }

        if (settings is null)
        {
            return;
        }

        Named(UsageRules.SettingIgnored, model, settings, model.Ignored);
        Named(UsageRules.SettingRefused, model, settings, model.Refused);
        Thinking(model, settings);
    }

    private void Named(DiagnosticDescriptor rule, ModelFacts model, Initialized settings, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            var member = char.ToUpperInvariant(name[0]) + name.Substring(1);
            if (settings.Assignment(member) is { } assignment && settings.Value(member) is not { ConstantValue: { HasValue: true, Value: null } })
            {
                Report(rule, assignment, model.Id, member);
            }
        }
    }

    private void Thinking(ModelFacts model, Initialized settings)
    {
        if (model.ThinkingLevels is not { } levels || Initialized.Of(settings.Value("Thinking"), "GeminiThinking") is not { } thinking)
        {
            return;
        }

        var level = (Initialized.Resolve(thinking.Value("Level")) as IFieldReferenceOperation)?.Field.Name;
        if (level is not null && thinking.Constant("Budget") is not null)
        {
            Report(UsageRules.ThinkingRefused, thinking.Assignment("Budget")!, model.Id, "A level and a budget exclude each other: keep one.");
        }
        else if (level is not null && levels.Count == 0)
        {
            Report(UsageRules.ThinkingRefused, thinking.Assignment("Level")!, model.Id, "It is controlled by GeminiThinking.Budget.");
        }
        else if (level is not null && !levels.Contains(level, StringComparer.OrdinalIgnoreCase))
        {
            var known = string.Join(", ", levels.Select(static name => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name.ToLowerInvariant())));
            Report(UsageRules.ThinkingRefused, thinking.Assignment("Level")!, model.Id, $"It takes {known}.");
        }
        else if (thinking.Constant("Budget") is int budget && model.RefusesBudget(budget) is { } reason)
        {
            Report(UsageRules.ThinkingRefused, thinking.Assignment("Budget")!, model.Id, reason);
        }
    }

    private static bool HasItems(IOperation? list) => Initialized.Resolve(list) switch
    {
        ICollectionExpressionOperation expression => expression.Elements.Length > 0,
        IArrayCreationOperation array => array.Initializer is { ElementValues.Length: > 0 },
        IObjectCreationOperation creation => creation.Initializer is { Initializers.Length: > 0 },
        _ => false,
    };

    private void Report(DiagnosticDescriptor rule, IOperation place, params object[] arguments)
    {
        // A local's value may be seen from several requests; it is told where it stands, in this file alone.
        if (place.Syntax.SyntaxTree == context.Operation.Syntax.SyntaxTree)
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, place.Syntax.GetLocation(), arguments));
        }
    }
}
