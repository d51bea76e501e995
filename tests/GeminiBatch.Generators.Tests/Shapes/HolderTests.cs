namespace GeminiBatch.Generators.Tests;

/// <summary>Classes that declare schemas for types which cannot be annotated.</summary>
public class HolderTests
{
    private const string Types = """
        namespace A { public record Part(string X); public record Page<T>(T Row); }
        namespace B { public record Part(int Y); internal record Hidden(string Z); public record Use(string W); }
        """;

    [Fact]
    public void Parts_of_one_holder_keep_their_names_apart()
    {
        var run = GeneratorRun.Of(
            Types,
            "[GeminiBatch.ExtractionSchema<A.Part>] public static partial class Foreign;",
            "[GeminiBatch.ExtractionSchema<B.Part>, GeminiBatch.ExtractionSchema<B.Use>] public static partial class Foreign;");

        var properties = run.Load().GetType("Foreign")!.GetProperties().Select(static property => property.Name).Order(StringComparer.Ordinal);

        Assert.Equal(["A_Part", "B_Part", "Use"], properties);
    }

    [Fact]
    public void The_order_of_files_changes_no_name()
    {
        string[] files =
        [
            Types,
            "[GeminiBatch.ExtractionSchema<A.Part>] public static partial class Foreign;",
            "[GeminiBatch.ExtractionSchema<B.Part>] public static partial class Foreign;",
        ];

        Assert.Equal(
            GeneratorRun.Of(files).Sources.OrderBy(static pair => pair.Key, StringComparer.Ordinal),
            GeneratorRun.Of([.. files.Reverse()]).Sources.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[GeminiBatch.ExtractionSchema<B.Hidden>] public static partial class Foreign; public static class Use { public static object Get() => typeof(Foreign).GetProperty(\"Hidden\", (System.Reflection.BindingFlags)(-1))!; }")]
    [InlineData("[GeminiBatch.ExtractionSchema<B.Use>] public static partial class Use;")]
    [InlineData("[GeminiBatch.ExtractionSchema<B.Use>] public static partial class Foreign { public static int Use => 1; }")]
    [InlineData("[GeminiBatch.ExtractionSchema<A.Page<B.Use>>] public static partial class Foreign;")]
    [InlineData("[GeminiBatch.ExtractionSchema] public partial record Root(string A); public class RootExtractionSchema;")]
    [InlineData("public static partial class Outer { [GeminiBatch.ExtractionSchema] public partial record Inner(string A); } [GeminiBatch.ExtractionSchema] public partial record Outer_Inner(string A);")]
    public void Names_that_would_clash_are_evaded(string source)
    {
        GeneratorRun.Of(GeneratorRun.Compile([Types, source], Microsoft.CodeAnalysis.DocumentationMode.Diagnose)).AssertCompiles();
    }

    [Fact]
    public void A_type_declared_twice_is_refused()
    {
        var run = GeneratorRun.Of(Types, "[GeminiBatch.ExtractionSchema<A.Part>] public static partial class Foreign;", "[GeminiBatch.ExtractionSchema<A.Part>] public static partial class Foreign;");

        Assert.Equal("GB0011", Assert.Single(run.GeneratorDiagnostics).Id);
        Assert.Single(run.Sources);
    }
}
