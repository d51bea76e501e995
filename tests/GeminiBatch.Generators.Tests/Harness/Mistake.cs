using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace GeminiBatch.Generators.Tests;

/// <summary>What holds of every rule: it is found at its place and not elsewhere, and users can silence it and set its severity.</summary>
public static class Mistake
{
    /// <summary>Begins a source that is compiled as that version of C#.</summary>
    public const string OldVersion = "/* C# 13 */ ";

    public static async Task IsFoundAsync(string id, string wrong, string right)
    {
        var (source, span) = Mark(wrong);

        var diagnostic = Assert.Single(await GeneratorRun.DiagnoseAsync(Compile(wrong)));
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(source[span.Start..span.End], source[diagnostic.Location.SourceSpan.Start..diagnostic.Location.SourceSpan.End]);
        Assert.Equal(span, diagnostic.Location.SourceSpan);
        Assert.DoesNotMatch("\\{[0-9]", diagnostic.GetMessage(CultureInfo.InvariantCulture));

        Assert.Empty(await GeneratorRun.DiagnoseAsync(Compile(right)));
    }

    public static async Task IsSilencedByPragmaAsync(string id, string wrong, string right)
    {
        Assert.NotEmpty(right);
        var compilation = Compile(wrong, $"#pragma warning disable {id}");
        var reported = await GeneratorRun.DiagnoseAsync(compilation);

        // An error cannot be silenced by default severity alone, but it is suppressed in source all the same.
        Assert.True(Assert.Single(CompilationWithAnalyzers.GetEffectiveDiagnostics(reported, compilation)).IsSuppressed);
    }

    public static async Task IsSetByEditorConfigAsync(string id, string wrong, string right)
    {
        Assert.NotEmpty(right);
        await IsSetAsync(id, static compilation => GeneratorRun.DiagnoseAsync(compilation), Compile(wrong), $"[*.cs]\ndotnet_diagnostic.{id}.severity = ");
    }

    /// <summary>A diagnostic without a place in source has its severity from a global configuration, as <c>NoWarn</c> and <c>.globalconfig</c> are.</summary>
    public static Task IsSetByGlobalConfigAsync(string id, CSharpCompilation compilation, Func<CSharpCompilation, Task<ImmutableArray<Diagnostic>>> diagnose) =>
        IsSetAsync(id, diagnose, compilation, $"is_global = true\ndotnet_diagnostic.{id}.severity = ");

    private static async Task IsSetAsync(string id, Func<CSharpCompilation, Task<ImmutableArray<Diagnostic>>> diagnose, CSharpCompilation compilation, string setting)
    {
        Assert.Empty(await diagnose(Configured("none")));
        Assert.Equal((id, DiagnosticSeverity.Info), Found(Assert.Single(await diagnose(Configured("suggestion")))));
        Assert.Equal((id, DiagnosticSeverity.Error), Found(Assert.Single(await diagnose(Configured("error")))));

        static (string, DiagnosticSeverity) Found(Diagnostic diagnostic) => (diagnostic.Id, diagnostic.Severity);

        CSharpCompilation Configured(string severity) => compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Configuration($"{setting}{severity}\n")));
    }

    private static CSharpCompilation Compile(string code, string begin = "// begin") => GeneratorRun.Compile(
        [Mark(code).Source.Replace("// begin", begin, StringComparison.Ordinal)],
        version: code.StartsWith(OldVersion, StringComparison.Ordinal) ? LanguageVersion.CSharp13 : LanguageVersion.Latest);

    private static (string Source, TextSpan Span) Mark(string code)
    {
        var text = $"""
            using System;
            using System.IO;
            using System.Collections.Generic;
            using System.ComponentModel;
            using System.ComponentModel.DataAnnotations;
            using System.Text.Json.Serialization;
            using GeminiBatch;
            // begin
            {code}
            """;
        var start = text.IndexOf('⟦', StringComparison.Ordinal);
        var end = text.IndexOf('⟧', StringComparison.Ordinal) - 1;
        return (text.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal), start < 0 ? default : TextSpan.FromBounds(start, end));
    }

    private sealed class Configuration(string text) : SyntaxTreeOptionsProvider
    {
        private readonly AnalyzerConfigSet _set = AnalyzerConfigSet.Create(ImmutableArray.Create(AnalyzerConfig.Parse(text, "/.editorconfig")));

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            _set.GetOptionsForSourcePath("/" + tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            _set.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }
}
