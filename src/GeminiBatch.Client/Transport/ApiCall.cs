namespace GeminiBatch;

/// <summary>One call of the service.</summary>
/// <param name="Operation">What is being done, as the beginning of an error message: <c>Reading the job batches/x</c>.</param>
/// <param name="Name">Name in telemetry, such as <c>batches.get</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">The address; never holds a key.</param>
internal sealed record ApiCall(string Operation, string Name, HttpMethod Method, Uri Address)
{
    /// <summary>Makes the body anew for each attempt.</summary>
    internal Func<HttpContent>? Content { get; init; }

    /// <summary>Headers besides the credentials.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether an error status is left to the reader of the answer.</summary>
    internal bool ReadsErrors { get; init; }
}
