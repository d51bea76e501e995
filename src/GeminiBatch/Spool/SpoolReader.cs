using System.Text.Json;

namespace GeminiBatch;

/// <summary>Reads rows of a run's spool by offset; rows of ascending offset are read through one buffer.</summary>
internal sealed class SpoolReader : IDisposable
{
    private readonly string _path;
    private readonly string _ledgerPath;
    private readonly FileStream _file;
    private byte[] _buffer = new byte[64 * 1024];

    public SpoolReader(string path, string ledgerPath)
    {
        _path = path;
        _ledgerPath = ledgerPath;
        try
        {
            _file = PrivateFiles.Open(path, FileMode.Open, FileAccess.Read, bufferSize: 256 * 1024);
        }
        catch (IOException error)
        {
            throw Damaged(path, ledgerPath, "it cannot be opened", error);
        }
    }

    /// <summary>One row's JSON, valid until the next read.</summary>
    public ReadOnlyMemory<byte> Read(long offset, int length)
    {
        if (_buffer.Length < length)
        {
            _buffer = new byte[Math.Max(length, _buffer.Length * 2)];
        }

        // Setting the position to where it is would still discard the buffer on some platforms.
        if (_file.Position != offset)
        {
            _file.Position = offset;
        }

        if (_file.ReadAtLeast(_buffer.AsSpan(0, length), length, throwOnEndOfStream: false) < length)
        {
            throw Damaged(_path, _ledgerPath, $"it ends before the row at offset {offset}");
        }

        return _buffer.AsMemory(0, length);
    }

    public SpoolRow ReadRow(long offset, int length)
    {
        try
        {
            return SpoolRow.Parse(Read(offset, length));
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw Damaged(_path, _ledgerPath, $"the row at offset {offset} is no row", error);
        }
    }

    public void Dispose() => _file.Dispose();

    public static LedgerException Damaged(string path, string ledgerPath, string what, Exception? cause = null) =>
        new(ledgerPath, LedgerProblem.SpoolDamaged, $"The spool '{path}' does not belong to the ledger '{ledgerPath}' as it is: {what}. Restore both from the same copy.", cause);
}
