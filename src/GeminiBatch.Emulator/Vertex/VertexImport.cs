using System.Text.Json;
using System.Text.RegularExpressions;

namespace GeminiBatch.Emulator;

/// <summary>
/// Reads an input as Vertex AI does: into something like a BigQuery table, whose complaints end the whole job, while what is wrong inside a request
/// comes back as that row's status (protocol: 3.5, 3.7).
/// </summary>
internal sealed partial class VertexImport
{
    private const int MaxDepth = 64;
    private static readonly string[] OwnColumns = ["response", "status", "processed_time"];

    private readonly Dictionary<string, string> columnTypes = new(StringComparer.Ordinal);

    private VertexImport()
    {
    }

    public static (List<ulong> Keys, JobError? Error) Check(string path, string uri, long maxRows)
    {
        var import = new VertexImport();
        var keys = new List<ulong>();
        using var lines = new LineScanner(path);
        while (lines.MoveNext())
        {
            JobError? error;
            try
            {
                error = import.CheckRow(lines.Line.Span);
            }
            catch (Exception problem) when (problem is JsonException or InvalidOperationException)
            {
                error = Fail($"Error while reading data, error message: JSON parsing error in row starting at position {lines.Offset}: Parser terminated before end of string. File: {uri}");
            }

            if (error is not null)
            {
                return ([], error);
            }

            keys.Add(RowFile.Identify(lines.Line.Span, lines.Number));
            if (keys.Count > maxRows)
            {
                return ([], new JobError(3, $"The batch prediction input has more than {maxRows} requests."));
            }
        }

        return keys.Count > 0 ? (keys, null) : (keys, Fail($"No rows found in the input. File: {uri}"));
    }

    private JobError? CheckRow(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var hasRequest = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "request" && reader.TokenType == JsonTokenType.StartObject)
            {
                hasRequest = true;
                if (FindEmptyStruct(ref reader, [name]) is { } empty)
                {
                    return Fail($"Query error: Cannot store struct '{empty}' with no fields");
                }
            }
            else if (CheckColumn(name, ref reader) is { } error)
            {
                return error;
            }

            hasRequest |= name is "request" or "content";
        }

        reader.Read();
        return hasRequest ? null : Fail("Query error: Unrecognized name: request");
    }

    private JobError? CheckColumn(string name, ref Utf8JsonReader reader)
    {
        if (!ColumnName().IsMatch(name) || OwnColumns.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return Fail($"Invalid field name \"{name}\". Fields must contain only letters, numbers, and underscores, start with a letter or underscore, be at most 300 characters long, and not be named as a column of the output.");
        }

        var type = reader.TokenType switch
        {
            JsonTokenType.String => "STRING",
            JsonTokenType.Number => reader.TryGetInt64(out _) ? "INTEGER" : "FLOAT",
            JsonTokenType.True or JsonTokenType.False => "BOOLEAN",
            JsonTokenType.StartArray => "ARRAY",
            JsonTokenType.StartObject => "STRUCT",
            _ => null,
        };
        reader.Skip();
        if (type == "STRUCT")
        {
            return new JobError(3, $"Column \"{name}\" in the input has an unsupported type. Supported scalar types are STRING, INTEGER, FLOAT, BOOLEAN, TIMESTAMP, DATE, DATETIME, NUMERIC.");
        }

        if (type is null || columnTypes.TryAdd(name, type) || columnTypes[name] == type)
        {
            return null;
        }

        return Fail($"Provided Schema does not match. Field {name} has changed type from {columnTypes[name]} to {type}");
    }

    /// <summary>The path of the first object without members, arrays left out of the path as the importer does.</summary>
    private static string? FindEmptyStruct(ref Utf8JsonReader reader, List<string> path)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (FindEmptyStruct(ref reader, path) is { } found)
                {
                    return found;
                }
            }

            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var isEmpty = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            isEmpty = false;
            path.Add(reader.GetString()!);
            reader.Read();
            if (FindEmptyStruct(ref reader, path) is { } found)
            {
                return found;
            }

            path.RemoveAt(path.Count - 1);
        }

        return isEmpty ? string.Join('.', path) : null;
    }

    private static JobError Fail(string reason) => new(3, "Failed to import data to BigQuery. " + reason);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,299}\z")]
    private static partial Regex ColumnName();
}
