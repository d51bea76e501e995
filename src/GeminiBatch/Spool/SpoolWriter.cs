namespace GeminiBatch;

/// <summary>Appends to a run's spool. What lies beyond the committed length is the remains of a crash and is cut off.</summary>
internal sealed class SpoolWriter : IDisposable
{
    private readonly FileStream _file;

    public SpoolWriter(string path, string ledgerPath, long committedLength)
    {
        _file = PrivateFiles.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, bufferSize: 256 * 1024);
        if (_file.Length < committedLength)
        {
            var actual = _file.Length;
            _file.Dispose();
            throw SpoolReader.Damaged(path, ledgerPath, $"it has {actual} bytes where the ledger says {committedLength}");
        }

        _file.SetLength(committedLength);
        _file.Position = Length = committedLength;
    }

    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> row)
    {
        try
        {
            _file.Write(row);
        }
        catch (IOException error)
        {
            throw LedgerErrors.Storage(_file.Name, error);
        }

        Length += row.Length;
    }

    /// <summary>Whether a row that was committed before is this one.</summary>
    public bool Holds(long offset, ReadOnlySpan<byte> row)
    {
        var held = new byte[row.Length];
        return RandomAccess.Read(_file.SafeFileHandle, held, offset) == row.Length && row.SequenceEqual(held);
    }

    /// <summary>Brings everything to the disk. Before this, the ledger must not refer to it.</summary>
    public void Sync()
    {
        try
        {
            _file.Flush(flushToDisk: true);
        }
        catch (IOException error)
        {
            throw LedgerErrors.Storage(_file.Name, error);
        }
    }

    public void Dispose() => _file.Dispose();
}
