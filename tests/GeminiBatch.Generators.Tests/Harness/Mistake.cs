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
    public static async Task IsFoundAsync(string id, string wrong, string right)
    {
        var (source, span) = Mark(wrong);

        var diagnostic = Assert.Single(await GeneratorRun.DiagnoseAsync(GeneratorRun.Compile([source])));
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(source[span.Start..span.End], source[diagnostic.Location.SourceSpan.Start..diagnostic.Location.SourceSpan.End]);
        Assert.Equal(span, diagnostic.Location.SourceSpan);
        Assert.DoesNotMatch("\\{[0-9]", diagnostic.GetMessage(CultureInfo.InvariantCulture));

        Assert.Empty(await GeneratorRun.DiagnoseAsync(GeneratorRun.Compile([Mark(right).Source])));
    }

    public static async Task IsSilencedByPragmaAsync(string id, string wrong, string right)
    {
        Assert.NotEmpty(right);
        var compilation = GeneratorRun.Compile([Mark(wrong).Source.Replace("// begin", $"#pragma warning disable {id}", StringComparison.Ordinal)]);
        var reported = await GeneratorRun.DiagnoseAsync(compilation);

        // An error cannot be silenced by default severity alone, but it is suppressed in source all the same.
        Assert.All(CompilationWithAnalyzers.GetEffectiveDiagnostics(reported, compilation), static diagnostic => Assert.True(diagnostic.IsSuppressed));
    }

    public static async Task IsSetByEditorConfigAsync(string id, string wrong, string right)
    {
        Assert.NotEmpty(right);
        Assert.Empty(await GeneratorRun.DiagnoseAsync(Configured("none")));
        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(await GeneratorRun.DiagnoseAsync(Configured("suggestion"))).Severity);

        CSharpCompilation Configured(string severity)
        {
            var compilation = GeneratorRun.Compile([Mark(wrong).Source]);
            return compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new EditorConfig($"[*.cs]\ndotnet_diagnostic.{id}.severity = {severity}\n")));
        }
    }

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

    private sealed class EditorConfig(string text) : SyntaxTreeOptionsProvider
    {
        private readonly AnalyzerConfigSet _set = AnalyzerConfigSet.Create(ImmutableArray.Create(AnalyzerConfig.Parse(text, "/.editorconfig")));

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            _set.GetOptionsForSourcePath("/" + tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = default;
            return false;
        }
    }
}
