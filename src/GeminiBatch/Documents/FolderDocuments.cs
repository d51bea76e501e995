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
            foreach (var (id, isHidden) in Walk(folder, options.Recursive))
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

    // Links to folders are not entered, so that a loop of links ends; a link to a file is a file, and a dangling one is named when it is read.
    private static FileSystemEnumerable<(string Id, bool IsHidden)> Walk(string folder, bool recursive)
    {
        var root = Path.GetFullPath(folder);
        var options = new EnumerationOptions { RecurseSubdirectories = recursive, AttributesToSkip = 0, IgnoreInaccessible = false, MatchType = MatchType.Simple };
        return new FileSystemEnumerable<(string Id, bool IsHidden)>(
            root,
            (ref entry) => (Path.GetRelativePath(root, entry.ToFullPath()).Replace(Path.DirectorySeparatorChar, '/'), entry.IsHidden),
            options)
        {
            ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = static (ref entry) => !entry.IsHidden && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
    }

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
