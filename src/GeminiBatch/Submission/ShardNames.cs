using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GeminiBatch;

/// <summary>Names at the backend. They are promises: a job is found again by them after a crash, by any later version.</summary>
internal static class ShardNames
{
    /// <summary>The file of a shard: the same for every attempt, so that a twin of an earlier attempt is found by it.</summary>
    public static string File(string ledger, long run, long shard) => string.Create(CultureInfo.InvariantCulture, $"gb-{ledger}-{run}-{shard}");

    public static string Job(string ledger, long run, long shard, int attempt) => string.Create(CultureInfo.InvariantCulture, $"gb-{ledger}-{run}-{shard}-{attempt}");

    /// <summary>What the names of all jobs of a run begin with.</summary>
    public static string JobPrefix(string ledger, long run) => string.Create(CultureInfo.InvariantCulture, $"gb-{ledger}-{run}-");

    /// <summary>What the names of all jobs and batch files of a ledger begin with.</summary>
    public static string LedgerPrefix(string ledger) => $"gb-{ledger}-";

    /// <summary>The shard's number and the attempt in a job's name; <see langword="null"/> when it is no name of the run.</summary>
    public static (long Shard, int Attempt)? Parse(string ledger, long run, string displayName)
    {
        var prefix = JobPrefix(ledger, run);
        if (!displayName.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var numbers = displayName.AsSpan(prefix.Length);
        var dash = numbers.IndexOf('-');
        return dash > 0
            && long.TryParse(numbers[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var shard)
            && int.TryParse(numbers[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
                ? (shard, attempt)
                : null;
    }

    /// <summary>An upload of a document's media: by content and media type, so that runs and ledgers of one account share it.</summary>
    /// <param name="hash">The content's hash.</param>
    /// <param name="mimeType">Its media type.</param>
    /// <param name="fleeting">Of files that expire, the day. Their names are one space for all accounts: the account keeps two of them with one document apart.</param>
    public static string Content(ContentHash hash, string mimeType, (DateOnly Day, string Account)? fleeting)
    {
        var name = "gbc-" + RowKey.FromHash(SHA256.HashData([.. hash.Bytes.Span, .. Encoding.UTF8.GetBytes(fleeting is { Account: var account } ? $"{mimeType}\n{account}" : mimeType)]));
        return fleeting is { Day: var day } ? string.Create(CultureInfo.InvariantCulture, $"{name}-{day.DayNumber}") : name;
    }
}
