namespace GeminiBatch.Generators.Tests;

public class StrictConsumerTests
{
    [Fact]
    public void Nested_types_in_the_global_namespace_compile()
    {
        var run = GeneratorRun.Of("""
            using GeminiBatch;
            public static partial class Outer
            {
                internal partial struct Middle<T>;
                public sealed partial class Inner
                {
                    [ExtractionSchema(Name = "invoice")] internal partial record Invoice(string Schema, int Handle);
                }
            }
            """);

        var schema = RoundTrip.SchemaOf(run.Load(), "Outer+Inner+Invoice");
        Assert.Equal("invoice", schema.Name);
    }

    [Fact]
    public void User_types_called_like_the_frameworks_do_not_clash()
    {
        GeneratorRun.Of("""
            using GeminiBatch;
            namespace Shop
            {
                public class System; public class String; public class Int32; public class Runtime; public class GeminiBatch; public class AnswerReader;
                public class Collections; public class InvoiceSchema; public class List;
                [ExtractionSchema] public partial record Invoice(string Number, int Count, global::System.Collections.Generic.List<global::System.DateOnly> Dates);
            }
            """).AssertCompiles();
    }

    [Fact]
    public void Equal_names_in_two_namespaces_and_in_two_cases_get_files_of_their_own()
    {
        var run = GeneratorRun.Of("""
            using GeminiBatch;
            namespace A { [ExtractionSchema] public partial record Invoice(string X); [ExtractionSchema] public partial record inVoice(string Y); }
            namespace B { [ExtractionSchema] public partial record Invoice(string X, A.Invoice Other, Inner.Invoice Third); namespace Inner { public record Invoice(string Z); } }
            namespace A_B { [ExtractionSchema] public partial record C(string X); }
            namespace A.B { [ExtractionSchema] public partial record C(string X); }
            """).AssertCompiles();

        Assert.Equal(5, run.Sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Unicode_and_keyword_names_compile()
    {
        GeneratorRun.Of("""
            using GeminiBatch;
            namespace @namespace.Größe
            {
                [ExtractionSchema] public partial record @class(string Straße, int @int, 枚举 値, @struct @default);
                public enum 枚举 { 一, @true }
                public record @struct(string? @null);
            }
            """).AssertCompiles();
    }

    [Fact]
    public void A_user_member_called_Schema_wins_and_the_plain_form_still_works()
    {
        var assembly = GeneratorRun.Of("""
            using GeminiBatch;
            [ExtractionSchema] public partial record Root(string A) { public static int Schema => 42; }
            public static class Use { public static int Own() => Root.Schema; public static string Name() => ExtractionSchema.Of<Root>().Name; }
            """).Load();

        Assert.Equal("Root", assembly.GetType("Use")!.GetMethod("Name")!.Invoke(null, null));
    }

    [Fact]
    public void The_handle_is_an_extension_property()
    {
        var assembly = GeneratorRun.Of("""
            using GeminiBatch;
            namespace Shop;
            [ExtractionSchema] public partial record Root(string A);
            public static class Use { public static string? Parse() => Root.Schema.Parse("{\"a\":\"x\"}").Value?.A; }
            """).Load();

        Assert.Equal("x", assembly.GetType("Shop.Use")!.GetMethod("Parse")!.Invoke(null, null));
    }

    [Fact]
    public void A_type_that_cannot_be_annotated_is_declared_on_a_static_class()
    {
        var assembly = GeneratorRun.Of("""
            using GeminiBatch;
            namespace Shop;
            public record Part(string A);
            public record Other(Part Part, int B = 2);
            [ExtractionSchema<Part>, ExtractionSchema<Other>(Name = "renamed")]
            public static partial class Foreign;
            public static class Use { public static string Names() => Foreign.Part.Name + " " + Foreign.Other.Name + " " + Foreign.Part.Parse("{\"a\":\"x\"}").Value?.A; }
            """).Load();

        Assert.Equal("Part renamed x", assembly.GetType("Shop.Use")!.GetMethod("Names")!.Invoke(null, null));
    }

    [Fact]
    public void Obsolete_and_required_members_raise_no_warning()
    {
        GeneratorRun.Of("""
            using System;
            using GeminiBatch;
            [ExtractionSchema] public partial class Root { [Obsolete("old")] public string? A { get; init; } public required string? B { get; set; } }
            """).AssertCompiles();
    }
}
