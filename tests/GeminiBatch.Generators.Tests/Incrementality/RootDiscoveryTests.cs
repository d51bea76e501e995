extern alias generators;

using System.Runtime.CompilerServices;
using generators::GeminiBatch.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeminiBatch.Generators.Tests;

/// <summary>Which declarations are roots, found by syntax first and by meaning only where a declaration changed.</summary>
public class RootDiscoveryTests
{
    [Theory]
    [InlineData("[GeminiBatch.ExtractionSchema] partial record Root(int A);")]
    [InlineData("[global::GeminiBatch.ExtractionSchemaAttribute] partial record Root(int A);")]
    [InlineData("using GeminiBatch; [ExtractionSchema()] partial record Root(int A);")]
    [InlineData("using Extract = GeminiBatch.ExtractionSchemaAttribute; [Extract] partial record Root(int A);")]
    [InlineData("namespace A.B { namespace C.D { partial class Outer<T> { } partial class Outer { [GeminiBatch.ExtractionSchema] internal partial record Root(int A); } } }")]
    [InlineData("namespace @class.@event; [GeminiBatch.ExtractionSchema] partial record @record(int A);")]
    [InlineData("partial record Root(int A);", "[GeminiBatch.ExtractionSchema] partial record Root;")]
    [InlineData("[System.Obsolete] partial record Root(int A);", "[GeminiBatch.ExtractionSchema] partial record Root;")]
    [InlineData("partial record Root<T>; [GeminiBatch.ExtractionSchema] partial record Root(int A);")]
    [InlineData("[Extract] partial record Root(int A);", "global using Extract = GeminiBatch.ExtractionSchemaAttribute;")]
    public void An_attribute_is_known_however_it_is_written(params string[] sources)
    {
        Assert.Single(GeneratorRun.Of(sources).Sources);
    }

    [Theory]
    [InlineData("namespace Mine; class ExtractionSchemaAttribute : System.Attribute; [ExtractionSchema] partial record Root(int A);")]
    [InlineData("[System.Serializable] partial class Root;")]
    public void Another_attribute_is_no_root(string source)
    {
        Assert.Empty(GeneratorRun.Of(source).Sources);
    }

    [Fact]
    public void Parts_that_are_annotated_apart_are_one_holder()
    {
        var run = GeneratorRun.Of(
            "[GeminiBatch.ExtractionSchema<A.Part>] static partial class Foreign; namespace A { public record Part(int X); }",
            "[GeminiBatch.ExtractionSchema<B.Part>] static partial class Foreign; namespace B { public record Part(int Y); }");

        Assert.Equal(2, run.Sources.Count);
        run.AssertCompiles();
    }

    [Fact]
    public void A_driver_goes_on_with_other_parse_options()
    {
        var run = GeneratorRun.Of("[GeminiBatch.ExtractionSchema] public partial record Root(int A);");
        var options = ((CSharpParseOptions)run.Input.SyntaxTrees[0].Options).WithDocumentationMode(DocumentationMode.Diagnose);
        var edited = run.Input.RemoveAllSyntaxTrees().AddSyntaxTrees(CSharpSyntaxTree.ParseText(run.Input.SyntaxTrees[0].ToString(), options, "File0.cs", cancellationToken: TestContext.Current.CancellationToken));

        var result = run.Driver.WithUpdatedParseOptions(options).RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult();

        Assert.Empty(result.Diagnostics);
        Assert.Single(result.GeneratedTrees);
    }

    [Fact]
    public void A_driver_keeps_no_earlier_compilation_alive()
    {
        var (driver, first) = RunTwice();

        // Tests that run beside this one may hold what is shared for a moment.
        for (var round = 0; round < 10 && IsAlive(first); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }

        Assert.False(IsAlive(first));
        GC.KeepAlive(driver);
    }

    // A frame of its own: no local of the test keeps the target.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsAlive(WeakReference<Compilation> compilation) => compilation.TryGetTarget(out _);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference<Compilation> First) RunTwice()
    {
        const string Source = "[GeminiBatch.ExtractionSchema] public partial record Root(int A) { int Body() { return 1; } }";
        var first = GeneratorRun.Compile([Source]);
        var second = GeneratorRun.Compile([Source.Replace("return 1", "return 2", StringComparison.Ordinal)]);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new SchemaGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)first.SyntaxTrees[0].Options);
        return (driver.RunGenerators(first, TestContext.Current.CancellationToken).RunGenerators(second, TestContext.Current.CancellationToken), new(first));
    }
}
