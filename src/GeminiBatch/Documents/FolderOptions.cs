namespace GeminiBatch;

/// <summary>How the files of a folder become documents.</summary>
public sealed record FolderOptions
{
    /// <summary>Whether files in sub-folders are taken too; on by default. Folders that are links are not entered.</summary>
    public bool Recursive { get; init; } = true;

    /// <summary>Told of every file that is not taken, with the reason. With it, a file that cannot be read is skipped; without it, it is an error.</summary>
    public Action<SkippedDocument>? Skipped { get; init; }
}
