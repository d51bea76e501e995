using System.Text;
using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>Reads case files: one JSON object a line.</summary>
internal static class CaseFile
{
    public static IEnumerable<ConformanceCase> Read(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, $"{path}:{number}");
            }
        }
    }

    private static ConformanceCase Parse(string line, string place)
    {
        var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 512 }).RootElement;
        var origin = Text(json, "suite") ?? throw new InvalidDataException($"{place}: a case needs a suite.");
        var mode = Text(json, "mode");
        var hasOptions = json.TryGetProperty("options", out _);
        return new ConformanceCase
        {
            Id = Text(json, "id") ?? place,
            Origin = origin,
            Mode = mode,
            Suite = mode is not null ? $"{origin}/{mode}" : hasOptions ? $"{origin}/options" : origin,
            Input = json.TryGetProperty("base64", out var bytes) ? bytes.GetBytesFromBase64()
                : Encoding.UTF8.GetBytes(Text(json, "input") ?? throw new InvalidDataException($"{place}: a case needs an input.")),
            Schema = json.TryGetProperty("schema", out var schema) ? schema.GetRawText() : null,
            Expected = json.TryGetProperty("expected", out var expected) ? expected : default,
            ExpectsNothing = IsTrue(json, "expectedEmpty"),
            ShouldFail = IsTrue(json, "shouldFail"),
            HasOptions = hasOptions,
            Expect = Text(json, "expect"),
        };
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsTrue(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
