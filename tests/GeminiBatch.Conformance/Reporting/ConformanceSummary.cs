using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>What a run found: printed for people, written for programs.</summary>
internal sealed class ConformanceSummary(IReadOnlyList<CaseResult> results, IReadOnlyDictionary<string, SchemaAttempt> schemas)
{
    public IReadOnlyList<SuiteSummary> Suites { get; } =
    [
        .. results.GroupBy(result => result.Case.Suite, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new SuiteSummary(
            group.Key, group.Count(result => result.Passed), group.Count(result => result.Outcome == "failed"), group.Count(result => result.Outcome == "excluded"))),
    ];

    public void Print(TextWriter output, bool showsFailures)
    {
        output.WriteLine(FormattableString.Invariant($"{"suite",-24}{"cases",8}{"passed",8}{"failed",8}{"excluded",10}{"passed %",10}{"excluded %",12}"));
        foreach (var suite in Suites)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{suite.Suite,-24}{suite.Total,8}{suite.Passed,8}{suite.Failed,8}{suite.Excluded,10}{suite.PassedPercent,10:f2}{suite.ExcludedPercent,12:f2}"));
        }

        output.WriteLine();
        output.WriteLine("Percentages are of the cases not excluded. BAML cases are read with every coercion and the culture en-US, as BAML does; others with the defaults.");
        var typed = results.Where(result => result.Form is not null).ToList();
        var usable = schemas.Values.Where(schema => schema.Parser is not null).ToList();
        output.WriteLine(FormattableString.Invariant(
            $"{schemas.Count} schemas: {usable.Count(schema => schema.Form == SchemaForm.Declared)} declared as they are, {usable.Count(schema => schema.Form == SchemaForm.Wrapped)} with their root wrapped in a record, {schemas.Count - usable.Count} not expressible; {usable.Count(schema => schema.Source!.Notes.Count > 0)} say more than their types."));
        foreach (var form in typed.GroupBy(result => result.Form).OrderBy(group => group.Key))
        {
            output.WriteLine(FormattableString.Invariant(
                $"{form.Count()} cases were read into a {(form.Key == SchemaForm.Declared ? "declared root" : "root that had to be wrapped: the answer against the root's own descriptor, its value then through the record")}: {form.Count(result => result.Passed)} passed."));
        }

        output.WriteLine(FormattableString.Invariant(
            $"{typed.Count(result => result is { Passed: true, Answer: { Succeeded: false, IsCutOnly: true } })} cases passed by the beginning that was kept, and marked, of an answer that was cut off."));

        foreach (var rule in results.Where(result => result.Departure is not null && !result.Passed).GroupBy(result => result.Departure!))
        {
            output.WriteLine(FormattableString.Invariant($"excluded by '{rule.Key.Name}': {rule.Count()}. {rule.Key.Reason}"));
        }

        if (showsFailures)
        {
            foreach (var result in results.Where(result => !result.Passed))
            {
                output.WriteLine($"{result.Outcome} {result.Case.Id}: {result.Detail.ReplaceLineEndings("\\n")}");
            }
        }
    }

    public void WriteReport(string path)
    {
        using var stream = File.Create(path);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteStartArray("suites");
        foreach (var suite in Suites)
        {
            writer.WriteStartObject();
            writer.WriteString("suite", suite.Suite);
            writer.WriteNumber("cases", suite.Total);
            writer.WriteNumber("passed", suite.Passed);
            writer.WriteNumber("failed", suite.Failed);
            writer.WriteNumber("excluded", suite.Excluded);
            writer.WriteNumber("passedPercent", Math.Round(suite.PassedPercent, 2));
            writer.WriteNumber("excludedPercent", Math.Round(suite.ExcludedPercent, 2));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("cases");
        foreach (var result in results)
        {
            writer.WriteStartObject();
            writer.WriteString("id", result.Case.Id);
            writer.WriteString("suite", result.Case.Suite);
            writer.WriteString("outcome", result.Outcome);
            if (result.Form is { } form)
            {
                writer.WriteString("root", form == SchemaForm.Declared ? "declared" : "wrapped");
            }

            if (!result.Passed)
            {
                writer.WriteString("detail", result.Detail);
                WriteDeparture(writer, result.Departure);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteDeparture(Utf8JsonWriter writer, Departure? departure)
    {
        if (departure is not null)
        {
            writer.WriteString("departure", departure.Name);
            writer.WriteString("reason", departure.Reason);
        }
    }
}
