using System.Reflection;

namespace GeminiBatch.Generators.Tests;

/// <summary>Reads JSON into a loaded type, writes it, and reads that again.</summary>
public sealed record RoundTrip(AnswerStatus Status, string Written, bool IsEqualAgain, IReadOnlyList<AnswerError> Errors, IReadOnlyList<AnswerError> Violations, object? Value)
{
    public static RoundTrip Of(Assembly assembly, string type, string json)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var method = typeof(RoundTrip).GetMethod(nameof(Run), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (RoundTrip)method.MakeGenericMethod(assembly.GetType(type, throwOnError: true)!).Invoke(null, [json])!;
    }

    public static ExtractionSchema SchemaOf(Assembly assembly, string type)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var method = typeof(ExtractionSchema).GetMethod(nameof(ExtractionSchema.Of))!;
        return (ExtractionSchema)method.MakeGenericMethod(assembly.GetType(type, throwOnError: true)!).Invoke(null, [])!;
    }

    private static RoundTrip Run<T>(string json)
        where T : IExtractable<T>
    {
        var schema = ExtractionSchema.Of<T>();
        var answer = schema.Parse(json);
        if (answer.Value is null)
        {
            return new(answer.Status, "", false, answer.Errors, [], null);
        }

        var written = schema.Write(answer.Value);
        var again = schema.Parse(written);
        var isEqual = again.Value is not null && schema.Comparer.Equals(answer.Value, again.Value)
            && schema.Comparer.GetHashCode(answer.Value) == schema.Comparer.GetHashCode(again.Value);
        return new(answer.Status, written, isEqual, answer.Errors, schema.Validate(answer.Value), answer.Value);
    }
}
