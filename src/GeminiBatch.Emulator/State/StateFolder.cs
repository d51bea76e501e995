namespace GeminiBatch.Emulator;

/// <summary>The folder that holds everything: owned by one process at a time, private to its user, and limited in size.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly FileStream ownership;
    private readonly long maxBytes;
    private readonly bool temporary;
    private long usedBytes;

    private StateFolder(string root, FileStream ownership, long maxBytes, bool temporary)
    {
        Root = root;
        this.ownership = ownership;
        this.maxBytes = maxBytes;
        this.temporary = temporary;
        Files = Subfolder("files");
        Uploads = Subfolder("uploads");
        Blobs = Subfolder("blobs");
        Batches = Subfolder("batches");
        Buckets = Subfolder("buckets");
        Objects = Subfolder("objects");
        Stores = Subfolder("stores");
        usedBytes = new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
    }

    public string Root { get; }

    public string Files { get; }

    public string Uploads { get; }

    public string Blobs { get; }

    public string Batches { get; }

    public string Buckets { get; }

    public string Objects { get; }

    public string Stores { get; }

    public static StateFolder Open(string? path, long maxBytes)
    {
        var temporary = path is null;
        var root = Path.GetFullPath(path ?? Path.Combine(Path.GetTempPath(), "gemini-emulator-" + Guid.NewGuid().ToString("N")));
        FileStream ownership;
        try
        {
            CreatePrivate(root);
            // An operating-system lock: it goes with the process, however that ends.
            ownership = new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw error is IOException && File.Exists(Path.Combine(root, "lock"))
                ? new EmulatorException($"The state folder {root} is in use by another emulator. Stop that one or choose another folder.", error)
                : new EmulatorException($"The state folder {root} cannot be used: {error.Message} Choose a folder that can be written.", error);
        }

        return new StateFolder(root, ownership, maxBytes, temporary);
    }

    /// <summary>Counts bytes about to be written; refuses when the folder would grow beyond its limit.</summary>
    public void Reserve(long bytes)
    {
        if (Interlocked.Add(ref usedBytes, bytes) > maxBytes)
        {
            Interlocked.Add(ref usedBytes, -bytes);
            throw new ApiException(429, "RESOURCE_EXHAUSTED", $"The emulator's state folder would grow beyond its limit of {maxBytes} bytes. Delete files, or raise MaxStateBytes.");
        }
    }

    /// <summary>Gives back what was reserved and is not, or no longer, written.</summary>
    public void Release(long bytes) => Interlocked.Add(ref usedBytes, -bytes);

    public void Delete(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
        {
            Interlocked.Add(ref usedBytes, -file.Length);
            file.Delete();
        }
    }

    /// <summary>
    /// Replaces a small file as a whole: after a kill at any moment, the old or the new content is there. One that grows is refused like any other byte, unless it
    /// is what ends or frees something.
    /// </summary>
#pragma warning disable CA3003 // Paths are made of hashes, numbers and names that were checked; no text of a caller becomes part of one.
    public void Replace(string path, byte[] content, bool evenIfFull = false)
    {
        var temporaryPath = path + ".new";
        var replaced = new FileInfo(path) is { Exists: true } earlier ? earlier.Length : 0;
        var growth = content.Length - replaced;
        if (evenIfFull || growth < 0)
        {
            Interlocked.Add(ref usedBytes, growth);
        }
        else
        {
            Reserve(growth);
        }

        File.WriteAllBytes(temporaryPath, content);
        File.Move(temporaryPath, path, overwrite: true);
    }
#pragma warning restore CA3003

    public void Dispose()
    {
        ownership.Dispose();
        if (temporary)
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string Subfolder(string name)
    {
        var path = Path.Combine(Root, name);
        CreatePrivate(path);
        return path;
    }
}
