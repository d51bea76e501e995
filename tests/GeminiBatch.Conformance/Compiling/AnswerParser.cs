using System.Reflection;

namespace GeminiBatch.Conformance;

/// <summary>A compiled schema that reads answers.</summary>
internal abstract class AnswerParser
{
    private static readonly MethodInfo Typed = typeof(AnswerParser).GetMethod(nameof(Create), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static AnswerParser Of(ExtractionSchema handle, SchemaForm form)
    {
        var typed = (AnswerParser)Typed.MakeGenericMethod(handle.GetType().GetGenericArguments()).Invoke(null, [handle])!;
        return form == SchemaForm.Declared ? typed : new WrappedParser(typed, handle);
    }

    public abstract ReadAnswer Parse(ReadOnlySpan<byte> answer, ParseOptions options);

    private static AnswerParser<T> Create<T>(ExtractionSchema<T> handle) => new(handle);
}
