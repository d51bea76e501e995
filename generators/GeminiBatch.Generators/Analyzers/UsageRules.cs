using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators;

/// <summary>The rules for code that uses the library, beside those for the types it extracts.</summary>
internal static class UsageRules
{
    public static readonly DiagnosticDescriptor ToolsWithJson = Warning(
        "GB0101", "The model refuses tools together with a JSON answer",
        "'{0}' refuses tools together with a JSON answer. Leave out the tools, use a model that takes both, or let the prompt carry the schema (SchemaPlacement.Prompt).");

    public static readonly DiagnosticDescriptor ThinkingRefused = Warning(
        "GB0102", "The model refuses the thinking setting", "'{0}' refuses this thinking setting. {1}");

    public static readonly DiagnosticDescriptor SettingIgnored = Warning(
        "GB0103", "The model ignores the setting", "'{0}' ignores {1}, so that it changes nothing but the rows' keys. Remove it.");

    public static readonly DiagnosticDescriptor SettingRefused = Warning(
        "GB0104", "The model refuses the setting", "'{0}' answers a request with {1} by an error. Remove it.");

    public static readonly DiagnosticDescriptor InlineBytes = Warning(
        "GB0105", "A batch row carries bytes",
        "Bytes inside a batch row grow by a third and are sent again with every attempt. Upload them as a file and use GeminiPart.FromUri.");

    public static readonly DiagnosticDescriptor HardCodedKey = Warning(
        "GB0106", "An API key stands in the source", "An API key in the source is everybody's who sees it. Revoke it, and read the key from GOOGLE_API_KEY, user secrets or a vault.");

    public static readonly DiagnosticDescriptor RetiredModel = Warning(
        "GB0107", "The model is retired", "'{0}' {1}. Use {2}.");

    public static readonly DiagnosticDescriptor UnreadableCatalogue = Warning(
        "GB0108", "A catalogue of changes cannot be read", "'{0}' is no catalogue: {1}. Until it is mended, the shipped catalogue is used.");

    public static readonly DiagnosticDescriptor NotRequired = Rules.Create(
        "GB0109", "A member that every answer must have is not required in C#",
        "'{0}' must be in every answer, but code that makes a '{1}' may leave it out. Add required, a default, or make it nullable.", DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor BadExample = Warning(
        "GB0110", "An example does not fit its schema", "In this example {0} is {1}, but must be {2}. The model would learn from it, and the prompt refuses it.");

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Rules.Create(id, title, message, DiagnosticSeverity.Warning);
}
