extern alias generators;

using System.Collections.Immutable;
using GeminiBatch.CodeFixes;
using generators::GeminiBatch.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace GeminiBatch.Generators.Tests;

public class MakePartialFixTests
{
    private const string Source = """
        using GeminiBatch;

        /// <summary>Kept.</summary>
        [ExtractionSchema]
        public sealed record A(string X);

        // Kept too.
        [ExtractionSchema]
        record B(string X);

        public static class Outer
        {
            [BatchMetadata] internal record struct C(string X);
        }
        """;

    private const string Fixed = """
        using GeminiBatch;

        /// <summary>Kept.</summary>
        [ExtractionSchema]
        public sealed partial record A(string X);

        // Kept too.
        [ExtractionSchema]
        partial record B(string X);

        public static partial class Outer
        {
            [BatchMetadata] internal partial record struct C(string X);
        }
        """;

    [Fact]
    public async Task Each_mistake_is_fixed_alone()
    {
        using var workspace = new AdhocWorkspace();
        var document = AddDocument(workspace, Source);
        while ((await DiagnoseAsync(document)).FirstOrDefault() is { } diagnostic)
        {
            document = await ApplyAsync(document, await ActionForAsync(document, diagnostic));
        }

        Assert.Equal(Fixed, (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    [Fact]
    public async Task All_mistakes_of_one_rule_are_fixed_at_once()
    {
        using var workspace = new AdhocWorkspace();
        var document = AddDocument(workspace, Source);
        foreach (var id in new[] { "GB0001", "GB0002" })
        {
            var action = await ActionForAsync(document, (await DiagnoseAsync(document)).First(diagnostic => diagnostic.Id == id));
            var context = new FixAllContext(
                document, new MakePartialFix(), FixAllScope.Document, action.EquivalenceKey, [id], new Diagnostics(), TestContext.Current.CancellationToken);
            var all = await new MakePartialFix().GetFixAllProvider().GetFixAsync(context);
            document = await ApplyAsync(document, all!);
        }

        Assert.Equal(Fixed, (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    private static Document AddDocument(AdhocWorkspace workspace, string source)
    {
        var compilation = GeneratorRun.Compile([]);
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Consumer", "Consumer", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: new CSharpParseOptions(LanguageVersion.Latest), metadataReferences: compilation.References));
        return workspace.AddDocument(project.Id, "File.cs", SourceText.From(source));
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Document document)
    {
        var compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);
        return await compilation!.WithAnalyzers([new DeclarationAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<CodeAction> ActionForAsync(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await new MakePartialFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return Assert.Single(actions);
    }

    private static async Task<Document> ApplyAsync(Document document, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
    }

    private sealed class Diagnostics : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => await DiagnoseAsync(document);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await DiagnoseAsync(project.Documents.Single());
    }
}
