using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeminiBatch.Generators.Tests;

public class DiagnosticTests
{
    /// <summary>Id, source in which the place is marked by brackets, and a source without the mistake.</summary>
    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        { "GB0001", "[ExtractionSchema] public record ⟦Root⟧(string A);", "[ExtractionSchema] public partial record Root(string A);" },
        { "GB0001", "[BatchMetadata] public record ⟦Root⟧(string A);", "[BatchMetadata] public partial record Root(string A);" },
        { "GB0001", "[ExtractionSchema<Part>] public static class ⟦Foreign⟧; public record Part(string A);", "[ExtractionSchema<Part>] public static partial class Foreign; public record Part(string A);" },
        { "GB0002", "public static class ⟦Outer⟧ { [ExtractionSchema] public partial record Root(string A); }", "public static partial class Outer { [ExtractionSchema] public partial record Root(string A); }" },
        { "GB0003", "[ExtractionSchema] public partial record Root(object ⟦A⟧);", "[ExtractionSchema] public partial record Root(string A);" },
        { "GB0003", "[ExtractionSchema] public partial record Root(Part P); public record Part(List<(int, int)> ⟦A⟧);", "[ExtractionSchema] public partial record Root(Part P); public record Part(List<int> A);" },
        { "GB0003", "[ExtractionSchema] public partial record Root(nint ⟦A⟧);", "[ExtractionSchema] public partial record Root(long A);" },
        { "GB0003", "[ExtractionSchema] public partial record Root(Dictionary<DateOnly, int> ⟦A⟧);", "[ExtractionSchema] public partial record Root(Dictionary<long, int> A);" },
        { "GB0003", "[ExtractionSchema] public partial record Root(int[,] ⟦A⟧);", "[ExtractionSchema] public partial record Root(int[][] A);" },
        { "GB0003", "[ExtractionSchema] public partial record Root(Stream ⟦A⟧);", "[ExtractionSchema] public partial record Root(Uri A);" },
        { "GB0004", "[ExtractionSchema] public partial record Root([property: JsonPropertyName(\"b\")] string A, string ⟦B⟧);", "[ExtractionSchema] public partial record Root([property: JsonPropertyName(\"c\")] string A, string B);" },
        { "GB0005", "[ExtractionSchema] public partial record Root([Description(\"x\"), property: Description(\"y\")] string ⟦A⟧);".Replace("[Description(\"x\"), property: Description(\"y\")]", "[Description(\"x\")] [property: Description(\"y\")]", StringComparison.Ordinal), "[ExtractionSchema] public partial record Root([Description(\"x\")] [property: Description(\"x\")] string A);" },
        { "GB0006", "[ExtractionSchema] public partial class Root { public string A { get; } = \"\"; public Root(string ⟦b⟧) { A = b; } }", "[ExtractionSchema] public partial class Root { public string A { get; } public Root(string a) { A = a; } }" },
        { "GB0006", "[⟦ExtractionSchema⟧] public partial class Root { public string A { get; } public string B { get; } = \"\"; public Root(string a) { A = a; } public Root(string a, string b) { A = a; B = b; } }", "[ExtractionSchema] public partial class Root { public string A { get; } public Root(string a) { A = a; } [JsonConstructor] public Root(string a, int b) { A = a; B = b; } public int B { get; } }" },
        { "GB0007", "[BatchMetadata] public partial record Root(string A, List<int> ⟦B⟧);", "[BatchMetadata] public partial record Root(string A, [JsonEncoded] List<int> B);" },
        { "GB0008", Mistake.OldVersion + "[ExtractionSchema] public partial record ⟦Root⟧(string A);", "[ExtractionSchema] public partial record Root(string A);" },
        { "GB0009", "[ExtractionSchema] public partial record Root(\n    ⟦/// <summary>Lost.</summary>⟧\n    string A);", "/// <param name=\"A\">Seen.</param>\n[ExtractionSchema] public partial record Root(\n    // Plain.\n    string A);" },
        { "GB0011", "[⟦ExtractionSchema<int?>⟧] public static partial class Foreign;", "[ExtractionSchema<Part>] public static partial class Foreign; public record Part(int A);" },
        { "GB0011", "[⟦ExtractionSchema⟧] public partial record Root<T>(string A);", "[ExtractionSchema] public partial record Root(string A);" },
        { "GB0011", "public partial class Outer { [⟦ExtractionSchema⟧] private partial record Root(string A); }", "public partial class Outer { [ExtractionSchema] internal partial record Root(string A); }" },
        { "GB0011", "[⟦ExtractionSchema⟧] public abstract partial record Root(string A);", "[ExtractionSchema] public sealed partial record Root(string A);" },
        { "GB0012", "[ExtractionSchema] public partial record Root(string A, Root ⟦Next⟧);", "[ExtractionSchema] public partial record Root(string A, Root? Next);" },
        { "GB0013", "[⟦ExtractionSchema(Culture = \"de_DE\")⟧] public partial record Root(string A);", "[ExtractionSchema(Culture = \"de-DE\")] public partial record Root(string A);" },
        { "GB0013", "[ExtractionSchema] public partial record Root([⟦Range(0, 1)⟧] string A);", "[ExtractionSchema] public partial record Root([Range(0, 1)] int A);" },
        { "GB0013", "[ExtractionSchema] public partial record Root([⟦Range(2, 1)⟧] int A);", "[ExtractionSchema] public partial record Root([Range(1, 1)] int A);" },
        { "GB0013", "[ExtractionSchema] public partial record Root([⟦RegularExpression(\"[\")⟧] string A);", "[ExtractionSchema] public partial record Root([RegularExpression(\"[a]\")] string A);" },
        { "GB0014", "[⟦ExtractionSchema⟧] public partial record Root([MaxLength(500)] int[] A, [MaxLength(500)] int[] B);", "[ExtractionSchema] public partial record Root([MaxLength(500)] int[] A, [MaxLength(460)] int[] B);" },
        { "GB0015", "[⟦ExtractionSchema⟧] public partial record Root(SqliteLedgerOptions A);", "[ExtractionSchema] public partial record Root(Part A); public class Part { public string B { get; set; } = \"\"; }" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task A_mistake_is_reported_at_its_place_and_only_there(string id, string wrong, string right) => Mistake.IsFoundAsync(id, wrong, right);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task A_pragma_silences_a_mistake(string id, string wrong, string right) => Mistake.IsSilencedByPragmaAsync(id, wrong, right);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public Task An_editorconfig_sets_the_severity(string id, string wrong, string right) => Mistake.IsSetByEditorConfigAsync(id, wrong, right);

    [Theory]
    [InlineData(DocumentationMode.None)]
    [InlineData(DocumentationMode.Parse)]
    public async Task A_doc_comment_inside_a_parameter_list_is_reported(DocumentationMode mode)
    {
        var compilation = GeneratorRun.Compile(["[GeminiBatch.ExtractionSchema]\npublic partial record Root(\n    /// <summary>Lost.</summary>\n    string A);"], mode);

        var diagnostic = Assert.Single(await GeneratorRun.DiagnoseAsync(compilation));

        Assert.Equal("GB0009", diagnostic.Id);
        Assert.Equal(2, diagnostic.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public async Task An_old_language_version_is_named()
    {
        var compilation = GeneratorRun.Compile(["[GeminiBatch.ExtractionSchema] public partial record Root(string A);"], version: LanguageVersion.CSharp13);

        var diagnostic = Assert.Single(await GeneratorRun.DiagnoseAsync(compilation));

        Assert.Equal("GB0008", diagnostic.Id);
        Assert.Contains("13.0", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_path_to_an_unsupported_member_is_in_the_message()
    {
        var compilation = GeneratorRun.Compile(["[GeminiBatch.ExtractionSchema] public partial record Root(System.Collections.Generic.List<Part> Parts); public record Part(object A);"]);

        var diagnostic = Assert.Single(await GeneratorRun.DiagnoseAsync(compilation));

        Assert.StartsWith("Root.Parts[].A is of type 'object'", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>Analyzers can be turned off: a mistake that only they tell must not go unnoticed.</summary>
    [Theory]
    [InlineData("[GeminiBatch.BatchMetadata] public partial record Root(int[] A);", "static void Use<T>(T value) where T : GeminiBatch.IBatchMetadata<T> { } static void Main() => Use(new Root([1]));", "CS0311")]
    [InlineData("[GeminiBatch.ExtractionSchema] public record Root(string A);", "static object Use() => Root.Schema;", "CS0117")]
    public void Without_analyzers_the_compiler_stops_where_the_type_is_used(string declaration, string use, string expected)
    {
        var run = GeneratorRun.Of(declaration, $"public static class Uses {{ {use} }}");

        Assert.Empty(run.GeneratorDiagnostics);
        Assert.Equal(expected, Assert.Single(run.Output.GetDiagnostics(TestContext.Current.CancellationToken)).Id);
    }
}
