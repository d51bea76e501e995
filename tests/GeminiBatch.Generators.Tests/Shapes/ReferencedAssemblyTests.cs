using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_type_with_a_schema_of_its_own_is_asked_for_and_read_by_that(bool fromSource)
    {
        var library = GeneratorRun.Of(GeneratorRun.Compile(["""
            using System.Collections.Generic;
            using System.ComponentModel.DataAnnotations;
            using System.Text.Json.Serialization;
            using GeminiBatch;
            namespace Library;
            /// <summary>A spare part.</summary>
            [ExtractionSchema(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
            public sealed partial class Part
            {
                internal Part(string partName) { PartName = partName; }
                /// <summary>As printed.</summary>
                [Aliases("title"), StringLength(9)] public string PartName { get; }
                public long MaxWeight { get; internal set; } = 9007199254740993;
                public Shade Shade { get; init; } = Shade.Dark;
                public List<Part> Children { get; internal set; } = [];
            }
            public enum Shade { Light, /** <summary>No light.</summary> */ Dark }
            [ExtractionSchema] public readonly partial record struct Size(int Width);
            [ExtractionSchema, JsonDerivedType(typeof(Card), "card")] public abstract partial record Payment;
            [ExtractionSchema] public sealed partial record Card(string Number) : Payment;
            """]).WithAssemblyName("Library")).AssertCompiles();
        var consumer = GeneratorRun.Compile(["""
            using System.Collections.Generic;
            using GeminiBatch;
            [ExtractionSchema] public partial record Root(Library.Part Part, Library.Part? Other, List<Library.Part> Parts, Dictionary<string, Library.Size> Sizes, Library.Size? Size, Library.Payment Payment, Way Way);
            [System.Text.Json.Serialization.JsonDerivedType(typeof(Paid), "paid")] public abstract record Way;
            public sealed record Paid(Library.Card By) : Way;
            """]);

        var (schema, _) = Load(library, consumer, fromSource);

        var part = schema.Descriptor.Types[schema.Fields[0].Type];
        Assert.Equal(("A spare part.", "part_name,max_weight,shade,children"), (part.Description, string.Join(',', part.Fields.Select(static field => field.JsonName))));
        Assert.Equal(("As printed.", 9, "title", "9007199254740993"), (part.Fields[0].Description, part.Fields[0].MaxLength, Assert.Single(part.Fields[0].Aliases), part.Fields[1].DefaultJson));
        const string Json = """{"part":{"part_name":"a","max_weight":1,"shade":"Light","children":[{"part_name":"b","max_weight":9007199254740993,"shade":"Dark","children":[]}]},"other":null,"parts":[{"part_name":"c","max_weight":2,"shade":"Dark","children":[]}],"sizes":{"x":{"width":3}},"size":{"width":4},"payment":{"$type":"card","number":"1"},"way":{"$type":"paid","by":{"number":"2"}}}""";
        Assert.Equal((AnswerStatus.Exact, Json, true), ReadAndWrite(schema, Json));
        Assert.Equal((AnswerStatus.Repaired, Json, true), ReadAndWrite(schema, Json.Replace("\"part_name\":\"a\"", "'title':'a'", StringComparison.Ordinal)));
        Assert.Contains("must be", Assert.Single(ErrorsOf(schema, Json.Replace("\"a\"", "\"much too long\"", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_is_read_as_it_was_compiled_there_also_within_metadata_and_as_a_case()
    {
        var library = GeneratorRun.Of(GeneratorRun.Compile(["namespace Library; [GeminiBatch.ExtractionSchema] public partial record Base(string Name) { public int Size { get; init; } = 3; }"]).WithAssemblyName("Library")).AssertCompiles();
        var consumer = GeneratorRun.Compile(["""
            using GeminiBatch;
            [ExtractionSchema] public partial record Root([property: System.ComponentModel.Description("A tree.")] Tree Tree, Library.Base Plain);
            [System.Text.Json.Serialization.JsonDerivedType(typeof(Leaf), "leaf")] public interface Tree;
            public sealed record Leaf(string Name, Library.Base Inner) : Library.Base(Name), Tree;
            [BatchMetadata] public partial record Origin(string Supplier, [JsonEncoded] Library.Base Base, [JsonEncoded] System.Collections.Generic.List<Library.Base> Bases);
            """]);

        var (schema, _) = Load(library, consumer, fromSource: false);

        const string Json = """{"tree":{"$type":"leaf","name":"a","inner":{"name":"b","size":1},"size":2},"plain":{"name":"c","size":3}}""";
        Assert.Equal((AnswerStatus.Exact, Json, true), ReadAndWrite(schema, Json));
    }

    [Theory]
    [InlineData("public string City { get; set; } = \"x\";", true)]
    [InlineData("public string City { get; init; } = \"x\"; [System.ComponentModel.DefaultValue(1)] public int Zip { get; set; } = 1;", true)]
    [InlineData("public required string City { get; set; }", false)]
    [InlineData("public string? City { get; set; }", false)]
    [InlineData("[System.ComponentModel.DefaultValue(\"x\")] public string City { get; set; } = \"x\";", false)]
    public void A_default_that_cannot_be_seen_is_told(string member, bool isHidden)
    {
        var library = GeneratorRun.Compile([$"namespace Library; public class Address {{ {member} }}"]).WithAssemblyName("Library");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var consumer = GeneratorRun.Compile(["[GeminiBatch.ExtractionSchema] public partial record Root(Library.Address Address);"]);

        var found = GeneratorRun.Of(consumer.AddReferences(MetadataReference.CreateFromImage(image.ToArray()))).GeneratorDiagnostics;

        Assert.Equal(isHidden ? ["GB0015"] : [], found.Select(static diagnostic => diagnostic.Id));
        Assert.All(found, static diagnostic => Assert.Contains("every answer must have City.", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.All(found, static diagnostic => Assert.True(diagnostic.Location.IsInSource));
    }

    /// <summary>Compiles a consumer against a library, as an assembly or as another project's source, and loads both.</summary>
    private static (ExtractionSchema Schema, GeneratorRun Run) Load(GeneratorRun library, CSharpCompilation consumer, bool fromSource)
    {
        using var image = new MemoryStream();
        Assert.True(library.Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var reference = fromSource ? library.Output.ToMetadataReference() : (MetadataReference)MetadataReference.CreateFromImage(image.ToArray());
        var run = GeneratorRun.Of(consumer.AddReferences(reference)).AssertCompiles();
        using var output = new MemoryStream();
        Assert.True(run.Output.Emit(output, cancellationToken: TestContext.Current.CancellationToken).Success);
        var context = new AssemblyLoadContext(null, isCollectible: true);
        image.Position = output.Position = 0;
        context.LoadFromStream(image);
        return (RoundTrip.SchemaOf(context.LoadFromStream(output), "Root"), run);
    }

    private static IReadOnlyList<AnswerError> ErrorsOf(ExtractionSchema schema, string json) => schema.Read(System.Text.Encoding.UTF8.GetBytes(json)).Errors;

    private static (AnswerStatus Status, string Written, bool IsEqualAgain) ReadAndWrite(ExtractionSchema schema, string json)
    {
        var method = typeof(ReferencedAssemblyTests).GetMethod(nameof(ReadThere), BindingFlags.NonPublic | BindingFlags.Static)!;
        return ((AnswerStatus, string, bool))method.MakeGenericMethod(schema.GetType().GetGenericArguments()).Invoke(null, [schema, json])!;
    }

    private static (AnswerStatus Status, string Written, bool IsEqualAgain) ReadThere<T>(ExtractionSchema<T> schema, string json)
    {
        var answer = schema.Parse(json);
        Assert.True(answer.Succeeded, string.Join("\n", answer.Errors));
        Assert.Empty(schema.Validate(answer.Value));
        var written = schema.Write(answer.Value);
        return (answer.Status, written, schema.Comparer.Equals(answer.Value, schema.Parse(written).Value));
    }

    private static string Read(ExtractionSchema schema)
    {
        var method = typeof(ReferencedAssemblyTests).GetMethod(nameof(ReadPart), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (string)method.MakeGenericMethod(schema.GetType().GetGenericArguments()).Invoke(null, [schema])!;
    }

    private static string ReadPart<T>(ExtractionSchema<T> schema)
    {
        var answer = schema.Parse("""{"part":{"name":"x"},"inner":{"code":"c"}}""");
        Assert.True(answer.Succeeded, string.Join("\n", answer.Errors));
        return schema.Write(answer.Value);
    }
}
