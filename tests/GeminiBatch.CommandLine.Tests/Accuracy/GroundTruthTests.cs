namespace GeminiBatch.CommandLine.Tests.Accuracy;

public sealed class GroundTruthTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gemini-batch-truth-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Truth_is_found_beside_the_document()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "in"));
        File.WriteAllText(Path.Combine(_folder, "in", "a.expected.json"), """{"total":1}""");

        Assert.Equal(1, Compare("in/a.txt", """{"total":1.00}""").DocumentsRight);
    }

    [Fact]
    public void A_failed_document_with_truth_is_told_but_not_compared()
    {
        File.WriteAllText(Path.Combine(_folder, "a.expected.json"), """{"total":1}""");
        var tally = new AccuracyTally(TestSchema.Invoice);

        new GroundTruth(_folder).Compare(TestSchema.Failed("a.txt"), tally);

        Assert.Equal((1, 0), (tally.DocumentsFailed, tally.Compared));
    }

    [Fact]
    public void Broken_truth_is_noted()
    {
        File.WriteAllText(Path.Combine(_folder, "a.expected.json"), "{");

        Assert.Single(Compare("a.txt", """{"total":1}""").Unusable);
    }

    [Fact]
    public void An_id_cannot_lead_out_of_the_folder()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder, "inner")).FullName;
        File.WriteAllText(Path.Combine(_folder, "a.expected.json"), """{"total":1}""");
        var tally = new AccuracyTally(TestSchema.Invoice);

        new GroundTruth(inner).Compare(TestSchema.Succeeded("../a.txt", """{"total":1}"""), tally);

        Assert.Equal((0, 0), (tally.DocumentsCompared, tally.Unusable.Count));
    }

    private AccuracyTally Compare(string id, string json)
    {
        var tally = new AccuracyTally(TestSchema.Invoice);
        new GroundTruth(_folder).Compare(TestSchema.Succeeded(id, json), tally);
        return tally;
    }
}
