using System.Text;
using System.Text.Json;
using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests.Tolerant;

/// <summary>The recorded case suites beside the repository. The floors are what was reached; they may only rise.</summary>
public sealed class SharedCaseTests(ITestOutputHelper output)
{
    [Fact]
    public void Probes() => Run("cases/probes.jsonl", floor: 34, static (testCase, input) =>
    {
        AnswerReading reading = Answer.Read(Descriptors.Probe, input);
        return !reading.CanonicalJson.IsEmpty && Same(reading.CanonicalJson, testCase.GetProperty("expected"));
    });

    [Fact]
    public void Cases_of_json_repair() => Run("cases/json_repair.jsonl", floor: 134, Repairs);

    [Fact]
    public void Cases_of_jsonrepair() => Run("cases/jsonrepair.jsonl", floor: 242, Repairs);

    [Fact]
    public void Strict_mode_accepts_and_rejects_as_RFC_8259_says() => Run("cases/json_test_suite.jsonl", floor: 318, static (testCase, _) =>
    {
        byte[] text = testCase.GetProperty("base64").GetBytesFromBase64();
        RepairedJson strict = JsonRepair.Repair(text, ParseOptions.Strict);
        JsonRepair.Repair(text);
        return testCase.GetProperty("expect").GetString() switch
        {
            "accept" => strict.Status == AnswerStatus.Exact && Same(strict.Utf8Json, JsonElement.Parse(text)),
            "reject" => strict.Status == AnswerStatus.Rejected,
            _ => true,
        };
    });

    [Fact]
    public void Real_malformed_answers_give_every_expected_value()
    {
        int recovered = 0;
        List<string> failed = [];
        foreach (JsonElement testCase in Cases("real/malformed/index.jsonl"))
        {
            string file = testCase.GetProperty("file").GetString()!;
            RepairedJson repaired = JsonRepair.Repair(File.ReadAllBytes(SourceTree.Shared("real/malformed/" + file)));
            if (!testCase.TryGetProperty("expected", out JsonElement expected))
            {
                Assert.NotEqual(AnswerStatus.Exact, repaired.Status);
            }
            else if (repaired.Succeeded && Same(repaired.Utf8Json, expected))
            {
                recovered++;
            }
            else
            {
                failed.Add(file);
            }
        }

        output.WriteLine($"real/malformed: {recovered} recovered, failed: {string.Join(", ", failed)}");
        Assert.Empty(failed);
    }

    private static bool Repairs(JsonElement testCase, string input)
    {
        RepairedJson repaired = JsonRepair.Repair(input);
        bool nothing = testCase.TryGetProperty("expectedEmpty", out JsonElement empty) && empty.GetBoolean();
        return nothing || testCase.GetProperty("shouldFail").GetBoolean()
            ? !repaired.Succeeded
            : repaired.Succeeded && Same(repaired.Utf8Json, testCase.GetProperty("expected"));
    }

    private void Run(string file, int floor, Func<JsonElement, string, bool> passes)
    {
        int passed = 0;
        List<string> failed = [];
        foreach (JsonElement testCase in Cases(file))
        {
            string input = testCase.TryGetProperty("input", out JsonElement text) ? text.GetString()! : "";
            if (passes(testCase, input))
            {
                passed++;
            }
            else
            {
                failed.Add(testCase.GetProperty("id").GetString()!);
            }
        }

        output.WriteLine($"{file}: {passed} of {passed + failed.Count} passed; failed: {string.Join(", ", failed)}");
        Assert.True(passed >= floor, $"{passed} passed, the floor is {floor}: {string.Join(", ", failed)}");
    }

    // Cases that need another tool's options or its schema dialect are not for this tier alone.
    private static IEnumerable<JsonElement> Cases(string file) => File.ReadLines(SourceTree.Shared(file))
        .Select(static line => JsonElement.Parse(Encoding.UTF8.GetBytes(line)))
        .Where(static testCase => !Has(testCase, "options") && !Has(testCase, "schema"));

    private static bool Has(JsonElement testCase, string name) =>
        testCase.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    private static bool Same(ReadOnlyMemory<byte> json, JsonElement expected)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Equal(document.RootElement, expected);
    }

    // DeepEquals, but 1.0 is 1 and 2.3e100 is 2.3E+100.
    private static bool Equal(JsonElement left, JsonElement right) => (left.ValueKind, right.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => JsonElement.DeepEquals(left, right) || left.GetDouble().Equals(right.GetDouble()),
        (JsonValueKind.Array, JsonValueKind.Array) => left.GetArrayLength() == right.GetArrayLength() &&
            left.EnumerateArray().Zip(right.EnumerateArray()).All(static pair => Equal(pair.First, pair.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) => left.EnumerateObject().DistinctBy(static member => member.Name).Count() == right.EnumerateObject().DistinctBy(static member => member.Name).Count() &&
            right.EnumerateObject().All(member => left.TryGetProperty(member.Name, out JsonElement value) && Equal(value, right.GetProperty(member.Name))),
        _ => JsonElement.DeepEquals(left, right),
    };
}
