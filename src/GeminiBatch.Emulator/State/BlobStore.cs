using System.Collections.Concurrent;

namespace GeminiBatch.Emulator;

/// <summary>The bytes of everything that was uploaded. A blob stays while anybody uses it and goes with its last user.</summary>
internal sealed class BlobStore(StateFolder state)
{
    private readonly ConcurrentDictionary<string, int> pins = new(StringComparer.Ordinal);
    private readonly List<Func<string, bool>> users = [];
    private readonly Lock gate = new();

    /// <summary>Adds somebody to ask before a blob is deleted.</summary>
    public void AddUser(Func<string, bool> uses) => users.Add(uses);

    public string PathOf(string blob) => Path.Combine(state.Blobs, blob);

    public static string MakeName() => Guid.NewGuid().ToString("N");

    public long LengthOf(string blob) => new FileInfo(PathOf(blob)) is { Exists: true } file ? file.Length : 0;

    /// <summary>Writes bytes that are known as a whole.</summary>
    public string Write(ReadOnlySpan<byte> content)
    {
        var blob = MakeName();
        state.Reserve(content.Length);
        File.WriteAllBytes(PathOf(blob), content);
        return blob;
    }

    /// <summary>Deletes a blob that nobody uses any more.</summary>
    public void Release(string blob)
    {
        lock (gate)
        {
            if (blob.Length > 0 && !pins.ContainsKey(blob) && !users.Any(uses => uses(blob)))
            {
                state.Delete(PathOf(blob));
            }
        }
    }

    /// <summary>Keeps a blob while something over it is being made.</summary>
    public void Pin(string blob) => pins.AddOrUpdate(blob, 1, static (_, count) => count + 1);

    public void Unpin(string blob)
    {
        lock (gate)
        {
            if (pins.AddOrUpdate(blob, 0, static (_, count) => count - 1) == 0)
            {
                pins.TryRemove(blob, out _);
                Release(blob);
            }
        }
    }

    /// <summary>Deletes what earlier processes left behind.</summary>
    public void Sweep()
    {
        foreach (var path in Directory.EnumerateFiles(state.Blobs))
        {
            Release(Path.GetFileName(path));
        }
    }
}
