using System.IO.Enumeration;
using System.Runtime.CompilerServices;

namespace GeminiBatch;

/// <summary>The files of a folder as documents: found in one walk, ordered ordinally, read later by planning.</summary>
internal static class FolderDocuments
{
    public static async IAsyncEnumerable<BatchDocument> EnumerateAsync(
        string folder, string pattern, FolderOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var id in Find(folder, pattern, options, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return BatchDocument.FromFile(Path.Combine(folder, id.Replace('/', Path.DirectorySeparatorChar)), id) with { Skipped = options.Skipped };
        }
    }

    private static List<string> Find(string folder, string pattern, FolderOptions options, CancellationToken cancellationToken)
    {
        if (File.Exists(folder))
        {
            throw new DocumentException(folder, "not_a_folder", $"'{folder}' is a file, not a folder. Give the folder that the documents are in.");
        }

        if (!Directory.Exists(folder))
        {
            throw new DocumentException(folder, "missing_folder", $"The folder '{folder}' does not exist. Check the path; it is relative to the current directory '{Environment.CurrentDirectory}'.");
        }

        var patterns = pattern.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found = new List<string>();
        var seen = 0;
        try
        {
            foreach (var (id, isHidden) in Walk(folder, options))
            {
                cancellationToken.ThrowIfCancellationRequested();
                seen++;
                var name = id.AsSpan(id.LastIndexOf('/') + 1);
                if (isHidden)
                {
                    options.Skipped?.Invoke(new(id, "hidden", $"'{id}' is hidden and was not taken."));
                }
                else if (!Matches(patterns, name))
                {
                    options.Skipped?.Invoke(new(id, "not_matched", $"'{id}' does not match '{pattern}' and was not taken."));
                }
                else
                {
                    found.Add(id);
                }
            }
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new DocumentException(folder, "unreadable", $"The folder '{folder}' cannot be read: {error.Message}", error);
        }

        if (found.Count == 0)
        {
            throw new DocumentException(folder, "empty_folder", seen == 0
                ? $"The folder '{folder}' is empty. Put the documents there, or give another folder."
                : $"None of the {seen} files in '{folder}' match '{pattern}'. Give another pattern, or another folder.");
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static IEnumerable<(string Id, bool IsHidden)> Walk(string folder, FolderOptions options)
    {
        var root = Path.GetFullPath(folder);
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var current))
        {
            foreach (var (path, isFolder, isHidden) in Entries(root, current, options))
            {
                if (!isFolder)
                {
                    yield return (IdOf(root, path), isHidden);
                }
                else if (options.Recursive && !isHidden)
                {
                    folders.Push(path);
                }
            }
        }
    }

    // Links to folders are not entered, so that a loop of links ends; a link to a file is a file, and a dangling one is named when it is read.
    private static List<(string Path, bool IsFolder, bool IsHidden)> Entries(string root, string folder, FolderOptions options)
    {
        var enumeration = new EnumerationOptions { RecurseSubdirectories = false, AttributesToSkip = 0, IgnoreInaccessible = false, MatchType = MatchType.Simple };
        try
        {
            return
            [
                .. new FileSystemEnumerable<(string, bool, bool)>(folder, (ref entry) => (entry.ToFullPath(), entry.IsDirectory, entry.IsHidden), enumeration)
                {
                    ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory || (entry.Attributes & FileAttributes.ReparsePoint) == 0,
                },
            ];
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException && folder != root && options.Skipped is not null)
        {
            var id = IdOf(root, folder) + "/";
            options.Skipped(new(id, "unreadable", $"The folder '{id}' cannot be read: {error.Message}"));
            return [];
        }
    }

    private static string IdOf(string root, string path) => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');

    private static bool Matches(string[] patterns, ReadOnlySpan<char> name)
    {
        foreach (var pattern in patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
            {
                return true;
            }
        }

        return false;
    }
}
