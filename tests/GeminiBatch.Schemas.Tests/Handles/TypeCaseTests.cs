using GeminiBatch.Testing;
using GeminiBatch.TypeCases;

namespace GeminiBatch.Schemas.Tests;

public class TypeCaseTests
{
    [Fact]
    public void Every_shape_is_parsed_validated_compared_and_written()
    {
        Assert.All(Cases.All, static shape => Assert.Null(shape.Check()));
    }

    [Fact]
    public void The_readme_shows_what_each_backend_makes_of_every_shape()
    {
        var readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));
        const string Begin = "<!-- dotnet run --project tests/GeminiBatch.Conformance -- types -->\n";
        var start = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;

        Assert.Equal(TypeTable.Markdown(), readme[start..readme.IndexOf("<!-- end -->", start, StringComparison.Ordinal)]);
    }
}
