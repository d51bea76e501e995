namespace GeminiBatch;

/// <summary>Files and folders that only their owner may read: documents are private.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder700 = File600 | UnixFileMode.UserExecute;

    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder700);
        }
    }

    /// <summary>Creates an empty file unless there is one. SQLite gives its companions the permissions of the file.</summary>
    public static void CreateFile(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        CreateFolder(Path.GetDirectoryName(path)!);
        try
        {
            using var file = Open(path, FileMode.CreateNew, FileAccess.Write, bufferSize: 0);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another program was faster.
        }
    }

    public static FileStream Open(string path, FileMode mode, FileAccess access, int bufferSize)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = bufferSize };
        if (!OperatingSystem.IsWindows() && mode is FileMode.Create or FileMode.CreateNew or FileMode.OpenOrCreate)
        {
            options.UnixCreateMode = File600;
        }

        return new FileStream(path, options);
    }
}
