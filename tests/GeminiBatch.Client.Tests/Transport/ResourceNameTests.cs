namespace GeminiBatch.Client.Tests.Transport;

/// <summary>Protocol 1.1 and 1.5: names that become part of an address.</summary>
public sealed class ResourceNameTests
{
    [Theory]
    [InlineData("gemini-3.5-flash-lite", "models/gemini-3.5-flash-lite")]
    [InlineData("models/gemini-3.5-flash-lite", "models/gemini-3.5-flash-lite")]
    [InlineData("tunedModels/mine-1", "tunedModels/mine-1")]
    [InlineData(" gemini-2.5-pro ", "models/gemini-2.5-pro")]
    public void A_model_is_put_under_models(string given, string expected) => Assert.Equal(expected, ResourceName.Model(given));

    [Theory]
    [InlineData("a..b")]
    [InlineData("a?b")]
    [InlineData("a&b")]
    [InlineData("models/a/b")]
    [InlineData("publishers/google/models/x")]
    [InlineData("../files/x")]
    [InlineData("a b")]
    [InlineData("a%2e%2e")]
    [InlineData("a#b")]
    [InlineData("models/")]
    public void A_model_name_that_could_change_the_address_is_refused(string name) => Assert.Throws<ArgumentException>(() => ResourceName.Model(name));

    [Theory]
    [InlineData("files/abc", "files/abc")]
    [InlineData("abc", "files/abc")]
    [InlineData("files/batch-a-b", "files/batch-a-b")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/files/batch-a-b:download?alt=media", "files/batch-a-b")]
    [InlineData("http://127.0.0.1:8080/v1beta/files/abc", "files/abc")]
    public void A_file_is_named_by_name_id_or_address(string given, string expected) => Assert.Equal(expected, ResourceName.File(given));

    [Theory]
    [InlineData("files/../batches/x")]
    [InlineData("files/a/b")]
    [InlineData("https://example.test/elsewhere")]
    [InlineData("files/")]
    public void Anything_else_is_no_file(string given) => Assert.Throws<ArgumentException>(() => ResourceName.File(given));

    [Theory]
    [InlineData("batches/")]
    [InlineData("batches/a/b")]
    [InlineData("abc")]
    [InlineData("projects/p/locations/l/batchPredictionJobs/1")]
    public void Anything_but_a_batch_is_no_job(string given) => Assert.Throws<ArgumentException>(() => ResourceName.Batch(given));
}
