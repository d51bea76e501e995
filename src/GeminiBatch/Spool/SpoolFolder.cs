using System.Globalization;

namespace GeminiBatch;

/// <summary>The folder beside the ledger: neutral request rows by run, documents' media by hash, shard files while they are uploaded.</summary>
internal sealed class SpoolFolder
{
    public SpoolFolder(string ledgerPath, bool isReadOnly = false)
    {
        Root = Path.GetFullPath(ledgerPath) + ".spool";
        if (!isReadOnly)
        {
            PrivateFiles.CreateFolder(Root);
        }

        Content = new ContentStore(Path.Combine(Root, "content"));
    }

    public string Root { get; }

    public ContentStore Content { get; }

    public string RowsPath(long run) => Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"run-{run}.rows"));

    /// <summary>Removes what a program that died has left of a run's shard files.</summary>
    public void DeleteShardFiles(long run)
    {
        var folder = Path.Combine(Root, "shards");
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.GetFiles(folder, string.Create(CultureInfo.InvariantCulture, $"run-{run}-shard-*.jsonl")))
            {
                File.Delete(file);
            }
        }
    }

    public string ShardPath(long run, long shard)
    {
        var folder = Path.Combine(Root, "shards");
        PrivateFiles.CreateFolder(folder);
        return Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"run-{run}-shard-{shard}.jsonl"));
    }
}
