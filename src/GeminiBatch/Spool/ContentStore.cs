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
    /// <exception cref="LedgerException">Thrown when the store cannot be written; what goes wrong with the stream itself is thrown as it is.</exception>
    public async ValueTask<(ContentHash Hash, long Size)> AddAsync(Stream content, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var size = 0L;
            var file = Stored(() =>
            {
                PrivateFiles.CreateFolder(folder);
                return PrivateFiles.Open(temporary, FileMode.CreateNew, FileAccess.Write, bufferSize: 0);
            });
            await using (file.ConfigureAwait(false))
            {
                var buffer = new byte[128 * 1024];
                int read;
                while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    sha.AppendData(buffer, 0, read);
                    Stored(() => file.Write(buffer, 0, read));
                    size += read;
                }

                Stored(() => file.Flush(flushToDisk: true));
            }

            var hash = new ContentHash(sha.GetHashAndReset());
            var path = PathOf(hash);
            Stored(() =>
            {
                PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
                File.Move(temporary, path, overwrite: true);
            });
            return (hash, size);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    /// <exception cref="LedgerException">Thrown when the copy is not there any more.</exception>
    public Stream Open(ContentHash hash)
    {
        try
        {
            return PrivateFiles.Open(PathOf(hash), FileMode.Open, FileAccess.Read, bufferSize: 128 * 1024);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LedgerException(
                folder, LedgerProblem.SpoolDamaged, $"The copy of a document's medium is gone: '{PathOf(hash)}'. Restore the ledger and its '.spool' folder from one copy, or plan the run again with its documents.", error);
        }
    }

    /// <summary>Sets everything aside at once; what is stored from here on is stored anew.</summary>
    public void SetAside() => Stored(() =>
    {
        if (Directory.Exists(folder))
        {
            Directory.Move(folder, $"{folder}-{Guid.NewGuid():N}");
        }
    });

    /// <summary>Removes what was set aside, also by a program that died before it could.</summary>
    public void RemoveAside() => Stored(() =>
    {
        foreach (var aside in Directory.GetDirectories(Path.GetDirectoryName(folder)!, Path.GetFileName(folder) + "-*"))
        {
            try
            {
                Directory.Delete(aside, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // Another program has removed it.
            }
        }
    });

    private void Stored(Action act) => Stored(() =>
    {
        act();
        return true;
    });

    private T Stored<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw LedgerErrors.Storage(folder, error);
        }
    }
}
