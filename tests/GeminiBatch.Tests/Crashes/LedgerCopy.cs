namespace GeminiBatch.Tests.Crashes;

/// <summary>A folder with a ledger as a crash would leave it.</summary>
internal static class LedgerCopy
{
    public static void Make(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            // The shared memory of the write-ahead log is rebuilt; a crash does not keep it.
            if (!file.EndsWith("-shm", StringComparison.Ordinal))
            {
                var target = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var destination = File.Create(target);
                source.CopyTo(destination);
            }
        }
    }
}
