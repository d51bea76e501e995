using System.Globalization;
using System.Text;
using GeminiBatch.Client.Tests.Wire;

namespace GeminiBatch.Client.Tests.Validation;

/// <summary>Every request row in the recorded data, for both backends, against a reviewed list: <c>file:line backend → rules</c>.</summary>
public sealed class RecordedRequestsTests
{
    /// <summary>Rows with something to say, by file, first and last line and backend; every other row has no finding at all.</summary>
    private static readonly (string File, int First, int Last, string Backend, string Rules)[] Expected =
    [
        ("requests_mistakes.jsonl", 1, 1, "developer", "key-missing request-not-object"),
        ("requests_mistakes.jsonl", 1, 1, "vertex", "key-missing request-not-object"),
        ("requests_mistakes.jsonl", 2, 2, "developer", "key-missing role-unknown"),
        ("requests_mistakes.jsonl", 2, 2, "vertex", "key-missing role-unknown"),
        ("requests_mistakes.jsonl", 3, 3, "developer", "key-missing parts-not-array"),
        ("requests_mistakes.jsonl", 3, 3, "vertex", "key-missing parts-not-array"),
        ("requests_mistakes.jsonl", 4, 4, "developer", "row-member-unknown key-missing parts-not-array"),
        ("requests_mistakes.jsonl", 4, 4, "vertex", "parts-not-array"),
        ("requests_mistakes.jsonl", 5, 5, "developer", "field-misplaced field-misplaced"),
        ("requests_mistakes.jsonl", 5, 5, "vertex", "field-misplaced field-misplaced"),
        ("requests_mistakes.jsonl", 6, 6, "vertex", "empty-object"),
        ("requests_mistakes.jsonl", 7, 7, "developer", "model-in-row row-member-unknown row-member-unknown row-member-unknown key-missing"),
        ("requests_mistakes.jsonl", 7, 7, "vertex", "model-in-row column-array"),
        ("requests_standard.jsonl", 9, 10, "vertex", "embedding-config-place"),
        ("requests_standard.jsonl", 15, 15, "developer", "field-unknown parts-missing"),
        ("requests_standard.jsonl", 15, 15, "vertex", "field-unknown parts-missing"),
        ("requests_vertex.jsonl", 1, 20, "developer", "row-member-unknown key-missing"),
        ("requests_vertex.jsonl", 21, 38, "developer", "key-missing"),
        ("requests_vertex.jsonl", 21, 38, "vertex", "key-missing"),
        ("requests_vertex.jsonl", 39, 44, "developer", "key-missing parts-not-array"),
        ("requests_vertex.jsonl", 39, 44, "vertex", "key-missing parts-not-array"),
        ("requests_vertex.jsonl", 45, 46, "developer", "key-missing file-uri-scheme"),
        ("requests_vertex.jsonl", 45, 54, "vertex", "key-missing"),
        ("requests_vertex.jsonl", 47, 47, "developer", "key-missing file-uri-scheme file-uri-scheme"),
        ("requests_vertex.jsonl", 48, 54, "developer", "key-missing"),
        ("requests_vertex.jsonl", 55, 58, "developer", "row-member-unknown key-missing parts-not-array"),
        ("requests_vertex.jsonl", 55, 58, "vertex", "parts-not-array"),
    ];

    [Theory]
    [InlineData("requests_standard.jsonl")]
    [InlineData("requests_vertex.jsonl")]
    [InlineData("requests_mistakes.jsonl")]
    public async Task Every_recorded_row_has_the_findings_that_were_reviewed(string file)
    {
        string[] rows = SharedData.Lines("real", file);
        var found = new StringBuilder();
        var expected = new StringBuilder();
        for (int line = 1; line <= rows.Length; line++)
        {
            foreach (string backend in (string[])["developer", "vertex"])
            {
                string place = string.Create(CultureInfo.InvariantCulture, $"{file}:{line} {backend}");
                string rules = string.Join(' ', (await Validating.FindAsync(rows[line - 1] + "\n", backend)).Select(finding => finding.Rule.Id));
                found.Append(CultureInfo.InvariantCulture, $"{place} → {rules}\n");
                expected.Append(CultureInfo.InvariantCulture, $"{place} → {Rules(file, line, backend)}\n");
            }
        }

        Assert.Equal(expected.ToString(), found.ToString());
    }

    private static string Rules(string file, int line, string backend) =>
        Expected.FirstOrDefault(row => row.File == file && row.First <= line && line <= row.Last && row.Backend == backend).Rules ?? "";
}
