using GeminiBatch.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GeminiBatch.Generators.Tests;

public class CodeFixTests
{
    /// <summary>The fix, a source with several mistakes, and the source without them.</summary>
    public static TheoryData<string, string, string> Fixes { get; } = new()
    {
        {
            nameof(MakePartialFix),
            """
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
            """,
            """
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
            """
        },
        {
            nameof(AddRequiredFix),
            """
            using GeminiBatch;

            [ExtractionSchema]
            public partial class A
            {
                /// <summary>Kept.</summary>
                public int X { get; init; }

                public decimal Y { get; set; } // kept

                public int? Z { get; set; }
            }
            """,
            """
            using GeminiBatch;

            [ExtractionSchema]
            public partial class A
            {
                /// <summary>Kept.</summary>
                public required int X { get; init; }

                public required decimal Y { get; set; } // kept

                public int? Z { get; set; }
            }
            """
        },
        {
            nameof(MarkJsonEncodedFix),
            """
            using System.Collections.Generic;
            using GeminiBatch;

            [BatchMetadata]
            public partial record A(string X, List<string> Tags, Place Place)
            {
                /// <summary>Kept.</summary>
                public int[] Pages { get; init; } = [];
            }

            public record Place(string City);
            """,
            """
            using System.Collections.Generic;
            using GeminiBatch;

            [BatchMetadata]
            public partial record A(string X, [JsonEncoded] List<string> Tags, [JsonEncoded] Place Place)
            {
                /// <summary>Kept.</summary>
                [JsonEncoded]
                public int[] Pages { get; init; } = [];
            }

            public record Place(string City);
            """
        },
        {
            nameof(MoveCommentFix),
            """
            using GeminiBatch;

            public static partial class Outer
            {
                /// <summary>An invoice.</summary>
                [ExtractionSchema]
                public partial record A(
                    /// <summary>Number as printed.</summary>
                    string Number,
                    /// The total,
                    /// with tax.
                    [property: System.ComponentModel.DataAnnotations.Range(0, 1)] decimal Total,
                    string Plain, /// Behind it.
                    string Last);
            }

            [ExtractionSchema]
            public partial record B(
                /// Its name.
                string Name);
            """,
            """
            using GeminiBatch;

            public static partial class Outer
            {
                /// <summary>An invoice.</summary>
                /// <param name="Number">Number as printed.</param>
                /// <param name="Total">The total, with tax.</param>
                /// <param name="Plain">Behind it.</param>
                [ExtractionSchema]
                public partial record A(
                    string Number,
                    [property: System.ComponentModel.DataAnnotations.Range(0, 1)] decimal Total,
                    string Plain,
                    string Last);
            }

            /// <param name="Name">Its name.</param>
            [ExtractionSchema]
            public partial record B(
                string Name);
            """
        },
    };

    [Theory]
    [MemberData(nameof(Fixes))]
    public async Task Each_mistake_is_fixed_alone(string fix, string source, string mended) => Assert.Equal(mended, await FixRun.OneByOneAsync(Make(fix), source));

    [Theory]
    [MemberData(nameof(Fixes))]
    public async Task All_mistakes_of_a_rule_are_fixed_at_once(string fix, string source, string mended) => Assert.Equal(mended, await FixRun.AllAtOnceAsync(Make(fix), source));

    private static CodeFixProvider Make(string fix) =>
        (CodeFixProvider)Activator.CreateInstance(typeof(MakePartialFix).Assembly.GetType("GeminiBatch.CodeFixes." + fix, throwOnError: true)!)!;
}
