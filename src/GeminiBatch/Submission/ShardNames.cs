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

    /// <summary>An upload of a document's media: by content and media type alone, so that runs and ledgers of one account share it.</summary>
    public static string Content(ContentHash hash, string mimeType) => "gbc-" + RowKey.FromHash(SHA256.HashData([.. hash.Bytes.Span, .. Encoding.UTF8.GetBytes(mimeType)]));
}
