using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace GeminiBatch.Generators.Tests;

public class ReferencedAssemblyTests
{
    [Fact]
    public void Types_of_another_assembly_keep_their_defaults()
    {
        var library = GeneratorRun.Of(GeneratorRun.Compile(["""
            using System.ComponentModel;
            using GeminiBatch;
            namespace Library;
            [ExtractionSchema] public partial record Part([property: Description("A name.")] string Name, int Size = 3) { public Inner Inner { get; init; } = new() { Code = null }; }
            public sealed class Inner { public int Weight { get; init; } = 7; public string Color { get; set; } = "red"; public required string? Code { get; init; } = null; }
            """]).WithAssemblyName("Library")).AssertCompiles();
        using var stream = new MemoryStream();
        Assert.True(library.Output.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success);
        var consumer = GeneratorRun.Compile(["[GeminiBatch.ExtractionSchema] public partial record Root(Library.Part Part, Library.Inner Inner);"])
            .AddReferences(MetadataReference.CreateFromImage(stream.ToArray()));
        var run = GeneratorRun.Of(consumer).AssertCompiles();
        using var output = new MemoryStream();
        Assert.True(run.Output.Emit(output, cancellationToken: TestContext.Current.CancellationToken).Success);
        var context = new AssemblyLoadContext(null, isCollectible: true);
        stream.Position = output.Position = 0;
        context.LoadFromStream(stream);
        var schema = RoundTrip.SchemaOf(context.LoadFromStream(output), "Root");

        var part = schema.Descriptor.Types[schema.Fields[0].Type];
        var inner = schema.Descriptor.Types[schema.Fields[1].Type];

        Assert.Equal([SchemaPresence.Required, SchemaPresence.Optional, SchemaPresence.Optional], part.Fields.Select(static field => field.Presence));
        Assert.Equal("A name.", part.Fields[0].Description);
        Assert.Equal([SchemaPresence.Optional, SchemaPresence.Optional, SchemaPresence.Required], inner.Fields.Select(static field => field.Presence));
        Assert.Equal("""{"part":{"name":"x","size":3,"inner":{"weight":7,"color":"red","code":null}},"inner":{"weight":7,"color":"red","code":"c"}}""", Read(schema));
    }

    private static string Read(ExtractionSchema schema)
    {
        var method = typeof(ReferencedAssemblyTests).GetMethod(nameof(ReadAndWrite), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (string)method.MakeGenericMethod(schema.GetType().GetGenericArguments()).Invoke(null, [schema])!;
    }

    private static string ReadAndWrite<T>(ExtractionSchema<T> schema)
    {
        var answer = schema.Parse("""{"part":{"name":"x"},"inner":{"code":"c"}}""");
        Assert.True(answer.Succeeded, string.Join("\n", answer.Errors));
        return schema.Write(answer.Value);
    }
}
