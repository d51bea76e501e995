using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace GeminiBatch.Generators.Tests;

/// <summary>Applies code fixes to one file, one by one or all at once.</summary>
public static class FixRun
{
    public static async Task<string> OneByOneAsync(CodeFixProvider fix, string source)
    {
        ArgumentNullException.ThrowIfNull(fix);
        using var workspace = new AdhocWorkspace();
        var document = AddDocument(workspace, source);
        while ((await DiagnoseAsync(document, fix.FixableDiagnosticIds)).FirstOrDefault() is { } diagnostic)
        {
            document = await ApplyAsync(document, await ActionForAsync(document, fix, diagnostic));
        }

        return await TextOf(document);
    }

    public static async Task<string> AllAtOnceAsync(CodeFixProvider fix, string source)
    {
        ArgumentNullException.ThrowIfNull(fix);
        using var workspace = new AdhocWorkspace();
        var document = AddDocument(workspace, source);
        foreach (var id in fix.FixableDiagnosticIds)
        {
            if ((await DiagnoseAsync(document, [id])).FirstOrDefault() is { } diagnostic)
            {
                var action = await ActionForAsync(document, fix, diagnostic);
                var context = new FixAllContext(document, fix, FixAllScope.Document, action.EquivalenceKey, [id], new Diagnostics([id]), TestContext.Current.CancellationToken);
                document = await ApplyAsync(document, (await fix.GetFixAllProvider()!.GetFixAsync(context))!);
            }
        }

        return await TextOf(document);
    }

    private static async Task<string> TextOf(Document document) => (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    private static Document AddDocument(AdhocWorkspace workspace, string source)
    {
        var compilation = GeneratorRun.Compile([]);
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Consumer", "Consumer", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: new CSharpParseOptions(LanguageVersion.Latest), metadataReferences: compilation.References));
        return workspace.AddDocument(project.Id, "File.cs", SourceText.From(source));
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Document document, ImmutableArray<string> ids)
    {
        var compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);
        var diagnostics = await compilation!.WithAnalyzers(GeneratorRun.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.Where(diagnostic => ids.Contains(diagnostic.Id)).OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static async Task<CodeAction> ActionForAsync(Document document, CodeFixProvider fix, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return Assert.Single(actions);
    }

    private static async Task<Document> ApplyAsync(Document document, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
    }

    private sealed class Diagnostics(ImmutableArray<string> ids) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => await DiagnoseAsync(document, ids);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await DiagnoseAsync(project.Documents.Single(), ids);
    }
}
