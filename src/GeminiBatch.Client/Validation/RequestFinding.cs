using System.Globalization;

namespace GeminiBatch;

/// <summary>A place in a batch file that breaks a rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">How bad that is on the backend that was asked for.</param>
/// <param name="Line">The line, from 1; 0 for the file as a whole.</param>
/// <param name="Column">The byte in the line, from 1; 0 for the line as a whole.</param>
/// <param name="Message">What was found. Never holds the content of documents.</param>
public sealed record RequestFinding(RequestRule Rule, RuleSeverity Severity, long Line, int Column, string Message)
{
    /// <summary>The finding in one line: place, severity, rule, what was found, why that matters and what to do.</summary>
    public override string ToString()
    {
        string place = Line == 0 ? "file" : Column == 0 ? string.Create(CultureInfo.InvariantCulture, $"line {Line}") : string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}");
        return $"{place}: {Severity.ToString().ToLowerInvariant()} {Rule.Id}: {Message} {Rule.Reason} {Rule.Fix}";
    }
}
