using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>Collects results and writes them as JSONL and CSV, ordered by document. A file appears whole or not at all, except behind a link, where it is overwritten; results never give way to none.</summary>
internal sealed class ResultFiles : IDisposable
{
    private const int PreviewLines = 50;

    // Writing goes on in one of these until the file is whole: older ones belong to nobody any more.
    private static readonly TimeSpan s_abandoned = TimeSpan.FromDays(1);
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly DocumentOrder _lines;
    private readonly DocumentOrder _rows;
    private readonly ResultTable _table;

    // Its own, because another program may write results of the same run.
    private readonly string _unfinished = $".{Guid.NewGuid():N}.tmp";

    public ResultFiles(string folder, string run, ResultTable table)
    {
        PrivateFile.CreateFolder(folder);
        var name = FileName(run);
        JsonLinesPath = Path.Combine(folder, name + ".jsonl");
        CsvPath = Path.Combine(folder, name + ".csv");
        FailuresPath = Path.Combine(folder, name + ".failures.jsonl");
        foreach (var path in (ReadOnlySpan<string>)[JsonLinesPath, CsvPath, FailuresPath])
        {
            RemoveAbandoned(path);
        }

        _table = table;
        _lines = new DocumentOrder(folder);
        _rows = new DocumentOrder(folder);
    }

    public string JsonLinesPath { get; }

    public string CsvPath { get; }

    /// <summary>Failed documents with their content.</summary>
    public string FailuresPath { get; }

    /// <summary>Results so far.</summary>
    public long Count { get; private set; }

    /// <summary>The first lines in document order, for a table; filled by <see cref="WriteAsync"/>.</summary>
    public IReadOnlyList<JsonElement> Preview { get; private set; } = [];

    public async ValueTask AddAsync(ExtractionResult result, CancellationToken cancellationToken)
    {
        Count++;
        await _lines.AddAsync(result.DocumentId, ResultLine.Write(result), cancellationToken);
        await _rows.AddAsync(result.DocumentId, s_utf8.GetBytes(_table.Row(result)), cancellationToken);
    }

    /// <summary>Writes both files.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Count == 0 && new FileInfo(JsonLinesPath) is { Exists: true, Length: > 0 })
        {
            throw new CommandLineException($"The run has no result now, and '{JsonLinesPath}' has some: it was left as it is. Give another place with --output FOLDER, or remove it.");
        }

        var preview = new List<JsonElement>();
        await using (var lines = PrivateFile.Create(JsonLinesPath + _unfinished))
        {
            await foreach (var line in _lines.ReadAsync(cancellationToken))
            {
                await lines.WriteAsync(line, cancellationToken);
                if (preview.Count < PreviewLines)
                {
                    preview.Add(JsonElement.Parse(line, new JsonDocumentOptions { MaxDepth = 1_000 }));
                }
            }
        }

        await using (var rows = PrivateFile.Create(CsvPath + _unfinished))
        {
            await rows.WriteAsync(s_utf8.GetBytes(_table.Header), cancellationToken);
            await foreach (var row in _rows.ReadAsync(cancellationToken))
            {
                await rows.WriteAsync(row, cancellationToken);
            }
        }

        Replace(JsonLinesPath);
        Replace(CsvPath);
        Preview = preview;
    }

    /// <summary>Writes the failed documents with their content; no file when there are none.</summary>
    public async Task<long> WriteFailuresAsync(ExtractionRun run, CancellationToken cancellationToken)
    {
        long failed;
        await using (var lines = PrivateFile.Create(FailuresPath + _unfinished))
        {
            failed = await run.WriteFailuresAsync(lines, cancellationToken);
        }

        if (failed > 0)
        {
            Replace(FailuresPath);
        }
        else
        {
            File.Delete(FailuresPath);
        }

        return failed;
    }

    public void Dispose()
    {
        File.Delete(FailuresPath + _unfinished);
        _lines.Dispose();
        _rows.Dispose();
        File.Delete(JsonLinesPath + _unfinished);
        File.Delete(CsvPath + _unfinished);
    }

    // Runs whose names differ only in what a file name cannot have are told apart by a mark.
    private static string FileName(string run)
    {
        var name = string.Concat(run.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_'));
        return name == run && name.Trim('.').Length > 0 ? name : $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run)))[..6]}";
    }

    // What programs that were killed have left.
    private static void RemoveAbandoned(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var file in new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).EnumerateFiles(name + ".*.tmp"))
        {
            if (!Guid.TryParseExact(file.Name[(name.Length + 1)..^4], "N", out _) || TimeProvider.System.GetUtcNow() - file.LastWriteTimeUtc < s_abandoned)
            {
                continue;
            }

            try
            {
                file.Delete();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, who may remove it himself.
            }
        }
    }

    // Who put a link there wants the file behind it written.
    private void Replace(string path)
    {
        var target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
        if (target == path)
        {
            File.Move(path + _unfinished, path, overwrite: true);
        }
        else
        {
            File.Copy(path + _unfinished, target, overwrite: true);
        }
    }
}
