namespace GeminiBatch;

/// <summary>What to do about an answered error, by status (protocol: 9.1).</summary>
internal static class ErrorAdvice
{
    internal static string For(int httpStatus, string? status, string? reason, string message) => (httpStatus, status) switch
    {
        _ when reason == "API_KEY_INVALID" || (httpStatus == 400 && message.Contains("API key", StringComparison.OrdinalIgnoreCase)) =>
            "Check the API key: it comes from the options, else from GOOGLE_API_KEY, else from GEMINI_API_KEY.",
        (400, _) when message.Contains("Thinking level", StringComparison.OrdinalIgnoreCase) =>
            "Choose a thinking level that the model knows; the catalogue lists them.",
        (400, _) when message.Contains("MIME type", StringComparison.OrdinalIgnoreCase) =>
            "Send the file under a MIME type that the service takes; batch files are application/jsonl.",
        (400, _) when message.Contains("too many states", StringComparison.OrdinalIgnoreCase) =>
            "Make the schema smaller: fewer enum values, shorter names, fewer optional members, smaller item limits, less nesting.",
        (400, "FAILED_PRECONDITION") => "Check that billing is enabled and that the service is offered in your region.",
        (400, _) => "The request itself is wrong: correct it; sending it again gives the same answer.",
        (401, _) => "The login is missing or has ended: log in again, or check the API key.",
        (403, _) when message.Contains("File", StringComparison.Ordinal) =>
            "The file is missing, older than 48 hours or belongs to another project: upload it again with this key.",
        (403, _) => "The account may not do this, or no API key was sent: check the key or the roles. Shortly after enabling the API this can take minutes.",
        (404, _) when message.Contains("models/", StringComparison.Ordinal) =>
            "Check the model's name and that it runs batches; list the models to see what the key may use.",
        (404, _) => "It does not exist, has expired or belongs to another key: batches are seen only with the key that made them.",
        (408 or 504, _) => "The service took too long: try again later, with less in one request.",
        (409, "ABORTED") => "Another change got in between: try again.",
        (409, _) => "The name is taken: use another one or what is there.",
        (429, _) => "A quota is used up (requests, enqueued tokens or concurrent jobs): wait and try again, or raise the tier.",
        (499, _) => "The call was cancelled.",
        (501, _) => "The service does not know this call.",
        ( >= 300 and < 400, _) => "Redirects are not followed, because the key would travel along: check the endpoint's address.",
        ( >= 500, _) => "The service has trouble: try again later.",
        _ => "See the service's message.",
    };
}
