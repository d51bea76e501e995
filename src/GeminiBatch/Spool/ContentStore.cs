using System.Security.Cryptography;

namespace GeminiBatch;

/// <summary>Documents' media by hash: what was planned stays readable after the caller's files are gone.</summary>
internal sealed class ContentStore(string folder)
{
    public string PathOf(ContentHash hash)
    {
        var name = hash.ToString();
        return Path.Combine(folder, name[..2], name);
    }

    /// <summary>Copies a stream into the store; equal content is kept once.</summary>
    public async ValueTask<(ContentHash Hash, long Size)> AddAsync(Stream content, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateFolder(folder);
        var temporary = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var size = 0L;
            var file = PrivateFiles.Open(temporary, FileMode.CreateNew, FileAccess.Write, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                var buffer = new byte[128 * 1024];
                int read;
                while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    sha.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    size += read;
                }

#pragma warning disable CA1849 // There is no asynchronous way to reach the disk itself.
                file.Flush(flushToDisk: true);
#pragma warning restore CA1849
            }

            var hash = new ContentHash(sha.GetHashAndReset());
            var path = PathOf(hash);
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            File.Move(temporary, path, overwrite: true);
            return (hash, size);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Stream Open(ContentHash hash) => PrivateFiles.Open(PathOf(hash), FileMode.Open, FileAccess.Read, bufferSize: 128 * 1024);
}
