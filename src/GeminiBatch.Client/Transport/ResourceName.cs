namespace GeminiBatch;

/// <summary>Checks names before they become part of an address.</summary>
internal static class ResourceName
{
    private const int MaxFileId = 40;

    /// <summary><c>x</c> becomes <c>models/x</c>; <c>models/x</c> and <c>tunedModels/x</c> stay (protocol: 1.1).</summary>
    internal static string Model(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        string name = model.Trim();
        string id = name.StartsWith("models/", StringComparison.Ordinal) ? name["models/".Length..]
            : name.StartsWith("tunedModels/", StringComparison.Ordinal) ? name["tunedModels/".Length..]
            : name;
        if (!IsSegment(id))
        {
            throw new ArgumentException($"'{model}' is no model name of the Developer API: use an id such as gemini-3.5-flash-lite, alone or after models/.", nameof(model));
        }

        return name.Length == id.Length ? "models/" + id : name;
    }

    internal static string Batch(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!name.StartsWith("batches/", StringComparison.Ordinal) || !IsSegment(name.AsSpan("batches/".Length)))
        {
            throw new ArgumentException($"'{name}' is no job of the Developer API: its jobs are called batches/….", nameof(name));
        }

        return name;
    }

    /// <summary><c>x</c> becomes <c>publishers/google/models/x</c>, <c>a/b</c> becomes <c>publishers/a/models/b</c>; full names stay (protocol: 3.1).</summary>
    internal static string VertexModel(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        string name = model.Trim();
        string[] segments = name.Split('/');
        bool sound = Array.TrueForAll(segments, static segment => IsSegment(segment));
        string? full = segments switch
        {
            [var id] => "publishers/google/models/" + id,
            ["models", var id] => "publishers/google/models/" + id,
            ["publishers", _, "models", _] => name,
            ["projects", _, "locations", _, "models" or "endpoints", _] => name,
            ["projects", _, "locations", _, "publishers", _, "models", _] => name,
            [var publisher, var id] => $"publishers/{publisher}/models/{id}",
            _ => null,
        };
        return sound && full is not null
            ? full
            : throw new ArgumentException($"'{model}' is no model name of Vertex AI: use an id such as gemini-3.5-flash-lite, or a full name such as publishers/google/models/….", nameof(model));
    }

    /// <summary>A job's full name, or its number below the client's own project and location (protocol: 1.5, SDK name checks).</summary>
    internal static string VertexJob(string name, string parent)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.All(char.IsAsciiDigit))
        {
            return $"{parent}/batchPredictionJobs/{name}";
        }

        return name.Split('/') is ["projects", var project, "locations", var location, "batchPredictionJobs", var id] && IsSegment(project.AsSpan()) && IsSegment(location) && IsSegment(id)
            ? name
            : throw new ArgumentException($"'{name}' is no job of Vertex AI: its jobs are called projects/…/locations/…/batchPredictionJobs/….", nameof(name));
    }

    /// <summary>Takes <c>files/x</c>, <c>x</c>, or the file's address, whose end is cut off nowhere but at its method (protocol: 10, no. 44).</summary>
    internal static string File(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ReadOnlySpan<char> id = name;
        if (name.Contains("://", StringComparison.Ordinal))
        {
            int start = name.LastIndexOf("/files/", StringComparison.Ordinal);
            id = start < 0 ? "" : id[(start + "/files/".Length)..];
            int end = id.IndexOfAny(':', '?');
            id = end < 0 ? id : id[..end];
        }
        else if (name.StartsWith("files/", StringComparison.Ordinal))
        {
            id = id["files/".Length..];
        }

        return IsSegment(id)
            ? string.Concat("files/", id)
            : throw new ArgumentException($"'{name}' is no file of the Files API: its files are called files/….", nameof(name));
    }

    /// <summary>A name chosen for a new file: letters, digits and inner dashes (protocol: 1.6).</summary>
    internal static string NewFile(string name)
    {
        string id = File(name)["files/".Length..];
        bool fits = id.Length <= MaxFileId && id[0] != '-' && id[^1] != '-' && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        return fits
            ? "files/" + id
            : throw new ArgumentException($"'{name}' cannot name a file: use 1 to 40 lower-case letters, digits and dashes, no dash at the ends.", nameof(name));
    }

    private static bool IsSegment(ReadOnlySpan<char> id)
    {
        if (id.IsEmpty || id.IndexOf("..", StringComparison.Ordinal) >= 0)
        {
            return false;
        }

        foreach (char c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '~' or '@'))
            {
                return false;
            }
        }

        return true;
    }
}
