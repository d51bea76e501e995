using System.Text.Json;

namespace GeminiBatch.Conformance;

/// <summary>The least that each suite must reach, by its name; a suite that is not recorded has no floor.</summary>
/// <param name="suites">Percent passed and percent excluded by suite.</param>
internal sealed class ConformanceFloor(IReadOnlyDictionary<string, (double LeastPassed, double MostExcluded)> suites)
{
    public static ConformanceFloor Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return new ConformanceFloor(json.RootElement.EnumerateObject().ToDictionary(
            suite => suite.Name, suite => (suite.Value.GetProperty("leastPassed").GetDouble(), suite.Value.GetProperty("mostExcluded").GetDouble()), StringComparer.Ordinal));
    }

    public bool Accepts(ConformanceSummary summary, TextWriter output)
    {
        var isAccepted = true;
        foreach (var suite in summary.Suites)
        {
            if (suites.TryGetValue(suite.Suite, out var floor) && (suite.PassedPercent < floor.LeastPassed || suite.ExcludedPercent > floor.MostExcluded))
            {
                output.WriteLine(FormattableString.Invariant(
                    $"{suite.Suite} is below the recorded floor: at least {floor.LeastPassed} % must pass and at most {floor.MostExcluded} % may be excluded."));
                isAccepted = false;
            }
        }

        return isAccepted;
    }
}
