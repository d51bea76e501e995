namespace GeminiBatch;

/// <summary>What the library says to programs, in the words of the command line.</summary>
internal static class OptionWords
{
    private static readonly (string Library, string CommandLine)[] s_words =
    [
        ("give failed rows their attempts again with RetryFailedAsync(payAgain: true)", "give the failed documents their attempts again with the command 'retry --pay-again'"),
        ("RetryFailedAsync(payAgain: true)", "the command 'retry --pay-again'"),
        ("Set AllowSearchCost to agree", "Give --allow-search-cost to agree"),
        ("Give failed rows their attempts again with RetryFailedAsync and complete the run", "Give the failed documents their attempts again with the command 'retry'"),
        ("give failed rows their attempts again with RetryFailedAsync", "give the failed documents their attempts again with the command 'retry'"),
        ("Give the media type: BatchDocumentPart.LocalFile(path, mimeType)", "Leave it out with --pattern, or give it the extension of what it is"),
        (", or give its media type when it is no text", ", or leave it out with --pattern"),
        ("Raise MaxPageCount and", "Raise --ledger-max-megabytes and"),
        (", or raise BusyTimeout", ""),
        ("BatchExtractor.CheckAsync", "the command 'doctor'"),
        ("RetryFailedAsync", "the command 'retry'"),
        ("set VertexAIOptions.CreateBucket", "give --create-bucket"),
        ("VertexAIOptions.Project", "--project"),
        ("VertexAIOptions.Location", "--location"),
        ("VertexAIOptions.Bucket", "--bucket"),
        ("VertexAIOptions.Endpoint", "--endpoint"),
        ("DeveloperApiOptions.Endpoint", "--endpoint"),
        ("MaxCost", "--max-cost"),
        ("MaxAttempts", "--max-attempts"),
    ];

    public static string In(string text)
    {
        foreach (var (library, commandLine) in s_words)
        {
            text = text.Replace(library, commandLine, StringComparison.Ordinal);
        }

        return text;
    }
}
