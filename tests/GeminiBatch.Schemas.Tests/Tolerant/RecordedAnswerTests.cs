using System.Text;
using System.Text.Json;
using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>Answers as models gave them, beside the repository: with the schema that they were asked by, and whatever else came back.</summary>
public sealed class RecordedAnswerTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_answer_to_a_schema_is_read_by_that_schema_whole()
    {
        int read = 0;
        foreach ((string name, string schema, string answer) in RecordedPair.All())
        {
            if (HandleOf(schema) is { } handle)
            {
                AnswerReading reading = handle.Read(Encoding.UTF8.GetBytes(answer));
                Assert.True(reading.Succeeded, $"{name}: {string.Join(' ', reading.Errors)}");
                Assert.True(Holds(JsonElement.Parse(reading.CanonicalJson.Span), JsonElement.Parse(answer)), $"{name}: {answer} was read as {reading.Json()}");
                read++;
            }
        }

        output.WriteLine($"{read} pairs");
        Assert.True(read > 15);
    }

    // A schema that says what cannot be checked without a type is refused; the conformance runner reads its answer into one.
    private static ExtractionSchema? HandleOf(string schema)
    {
        try
        {
            return ExtractionSchema.FromJsonSchema("Pair", Encoding.UTF8.GetBytes(schema));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [Fact]
    public void Whatever_a_body_says_ends_in_a_status_and_reasons()
    {
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(SourceTree.Shared("real/generate_content_responses"), "*", SearchOption.AllDirectories))
        {
            byte[] body = File.ReadAllBytes(file);
            foreach (byte[] text in new[] { body, Encoding.UTF8.GetBytes(AnswerOf(body)) })
            {
                AnswerReading reading = TolerantReader.Read(text, Descriptors.Invoice, ParseOptions.Default);
                Assert.Equal(reading.Succeeded, reading.Errors.Count == 0);
                Assert.True(Enum.IsDefined(JsonRepair.Repair(text).Status));
                string outcome = reading.Errors.Count == 0 ? reading.Status.ToString() : $"{reading.Status}: {reading.Errors[0].Kind}";
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
        }

        output.WriteLine(string.Join(", ", outcomes.Select(static outcome => $"{outcome.Value} {outcome.Key}")));
        Assert.NotEmpty(outcomes);
    }

    // What is no body of a response has no answer either.
    private static string AnswerOf(byte[] body)
    {
        try
        {
            return RecordedPair.AnswerOf(JsonElement.Parse(body));
        }
        catch (JsonException)
        {
            return "";
        }
    }

    // Defaults may have been added; nothing of the answer may be missing or other.
    private static bool Holds(JsonElement read, JsonElement answer) => (read.ValueKind, answer.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => answer.EnumerateObject().All(member => read.TryGetProperty(member.Name, out JsonElement value) && Holds(value, member.Value)),
        (JsonValueKind.Array, JsonValueKind.Array) => read.GetArrayLength() == answer.GetArrayLength() && read.EnumerateArray().Zip(answer.EnumerateArray()).All(static pair => Holds(pair.First, pair.Second)),
        _ => JsonElement.DeepEquals(read, answer),
    };
}
