using System.Diagnostics;
using System.Text.Json;
using GeminiBatch.Schemas.Tests.Tolerant;
using GeminiBatch.Testing;

namespace GeminiBatch.Schemas.Tests;

/// <summary>The conformance runner as a process: any case file, exit codes, the report, and the recorded suites where they are.</summary>
public sealed class RunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gemini-batch-conformance-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Cases_of_any_path_and_any_root_are_read_and_reported()
    {
        var report = Path.Combine(_folder, "report.json");
        var (code, output) = Run(
            [
                """{"id":"o","suite":"mine","mode":"final","input":"{name: 'x'}","schema":{"type":"object","title":"Person","properties":{"name":{"type":"string"}},"required":["name"]},"expected":{"name":"x"}}""",
                """{"id":"l","suite":"mine","mode":"final","input":"[1, 2,]","schema":{"type":"array","items":{"type":"integer"}},"expected":[1,2]}""",
                """{"id":"e","suite":"mine","mode":"final","input":"red","schema":{"type":"string","title":"Shade","enum":["RED","BLUE"]},"expected":"RED"}""",
                """{"id":"n","suite":"mine","mode":"final","input":"7","schema":{"type":"integer"},"expected":7}""",
                """{"id":"u","suite":"mine","mode":"final","input":"{\"b\": 2}","schema":{"anyOf":[{"type":"object","title":"A","properties":{"a":{"type":"integer"}},"required":["a"]},{"type":"object","title":"B","properties":{"b":{"type":"integer"}},"required":["b"]}]},"expected":{"b":2}}""",
                """{"id":"f","suite":"mine","mode":"final","input":"no JSON","schema":{"type":"integer"},"expected":null,"shouldFail":true}""",
            ],
            "--report", report);
        Assert.True(code == 0, output);
        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        Assert.Equal(6, json.RootElement.GetProperty("suites")[0].GetProperty("passed").GetInt32());
    }

    [Fact]
    public void Below_the_floor_the_runner_fails_and_a_schema_that_cannot_be_expressed_counts_as_failed()
    {
        var floor = Path.Combine(_folder, "floor.json");
        File.WriteAllText(floor, """{"mine/final": {"leastPassed": 60, "mostExcluded": 0}}""");
        string[] cases =
        [
            """{"id":"good","suite":"mine","mode":"final","input":"1","schema":{"type":"integer"},"expected":1}""",
            """{"id":"bad","suite":"mine","mode":"final","input":"1","schema":{"$ref":"#/nowhere"},"expected":1}""",
        ];
        var (code, output) = Run(cases, "--floor", floor, "--failures");
        Assert.True(code == 1, output);
        Assert.Contains("mine/final is below the recorded floor", output, StringComparison.Ordinal);
        Assert.Contains("failed bad: The schema cannot be expressed", output, StringComparison.Ordinal);
        Assert.Equal(0, Run(cases[..1], "--floor", floor).Code);
    }

    [Fact]
    public void Without_a_file_the_runner_explains_itself()
    {
        var (code, output) = Start("run", Path.Combine(_folder, "none.jsonl"));
        Assert.Equal(2, code);
        Assert.Contains("There is no file", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_recorded_suites_reach_their_floor()
    {
        var cases = SourceTree.Shared("cases");
        var (code, output) = Start(["run", .. Directory.GetFiles(cases, "*.jsonl")]);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void Recorded_answers_are_read_into_the_types_that_their_schemas_become()
    {
        var floor = Path.Combine(_folder, "floor.json");
        File.WriteAllText(floor, """{"pairs/partial": {"leastPassed": 100, "mostExcluded": 0}}""");

        // In this mode a list that a default has filled in is no difference.
        var cases = RecordedPair.All().Select(static pair => $$"""{"id":"{{pair.Name}}","suite":"pairs","mode":"partial","input":"{{JsonEncodedText.Encode(pair.Answer)}}","schema":{{pair.Schema.ReplaceLineEndings(" ")}},"expected":{{pair.Answer.ReplaceLineEndings(" ")}}}""").ToArray();
        var (code, output) = Run(cases, "--floor", floor, "--failures");
        Assert.True(code == 0 && cases.Length > 20, output);
    }

    private (int Code, string Output) Run(string[] cases, params string[] options)
    {
        var file = Path.Combine(_folder, Path.GetRandomFileName() + ".jsonl");
        File.WriteAllLines(file, cases);
        return Start(["run", file, .. options]);
    }

    private static (int Code, string Output) Start(params string[] arguments)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var runner = Path.Combine(here.Parent!.Parent!.FullName, "GeminiBatch.Conformance", here.Name, "GeminiBatch.Conformance.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [runner, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
