using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>All jobs of all keys. What the job log names exists; everything else about a job lies in a folder of its own.</summary>
internal sealed class BatchStore : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly StateFolder state;
    private readonly BlobStore blobs;
    private readonly TimeProvider clock;
    private readonly ResultWriter writer;
    private readonly JobLog log;
    private readonly AskedKeys asked = new();
    private readonly ConcurrentDictionary<string, StoredBatch> batches = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<BatchResult>>> results = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim working = new(1, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();

    public BatchStore(StateFolder state, BlobStore blobs, TimeProvider clock, ResultWriter writer)
    {
        this.state = state;
        this.blobs = blobs;
        this.clock = clock;
        this.writer = writer;
        log = new JobLog(state);
        Load();
        blobs.AddUser(blob => batches.Values.Any(batch => batch.InputBlob == blob && batch.NeedsInput && !HasResult(batch)));
    }

    public IReadOnlyList<EmulatedJob> Jobs => log.Jobs;

    public IReadOnlyList<StoredBatch> All => [.. batches.Values];

    public StoredBatch Get(string owner, string id) => Find(owner, id) ?? throw ApiException.NotFound();

    public StoredBatch? Find(string owner, string id) =>
        batches.TryGetValue(id, out var batch) && batch.Owner == owner && !batch.Deleted ? batch : null;

    /// <summary>The job whose result file has this id, if it has come to exist and is not expired or deleted.</summary>
    public StoredBatch? FindByResult(string owner, string fileId)
    {
        var now = clock.GetUtcNow();
        return fileId.StartsWith("batch-", StringComparison.Ordinal)
            && Find(owner, fileId[6..]) is { IsInline: false, Vertex: null, ResultDeleted: false } batch
            && batch.StateAt(now) == BatchState.Succeeded
            && now < batch.EndTime + StoredFile.Lifetime
            ? batch
            : null;
    }

    public IReadOnlyList<StoredBatch> List(string owner) =>
        [.. batches.Values.Where(batch => batch.Owner == owner && !batch.Deleted).OrderByDescending(batch => batch.CreateTime).ThenBy(batch => batch.Id, StringComparer.Ordinal)];

    /// <summary>Makes a job exist: its folder first, then the line in the log, which is the moment of truth.</summary>
    public StoredBatch Create(StoredBatch batch, IReadOnlyList<ulong> keys)
    {
        lock (gate)
        {
            var twins = batches.Values.Count(other => IsTwin(other, batch));
            var identity = $"{batch.Owner}\n{batch.DisplayName}\n{batch.InputSha256}\n{batch.InputFile}\n{twins}\n{writer.Seed}";
            batch = batch with { Id = batch.Vertex is null ? StableHash.Identifier(identity, 36) : NumberOf(identity) };
            var twin = batches.Values.FirstOrDefault(other => IsTwin(other, batch) && other.RequestCount == batch.RequestCount);
            var attempts = twin is null ? asked.Next(batch.Owner, keys) : AskedKeys.Read(KeysPath(twin)).Attempts;
            state.Reserve(keys.Count * 9L);
            Directory.CreateDirectory(Folder(batch));
            File.WriteAllBytes(KeysPath(batch), AskedKeys.Write(keys, attempts));
            Save(batch);
            log.Append(batch);
            asked.Add(batch.Owner, keys, attempts);
            batches[batch.Id] = batch;
        }

        BeginResult(batch);
        return batch;
    }

    /// <summary>A job as it is now, after another request may have changed it.</summary>
    public StoredBatch Current(StoredBatch batch) => batches[batch.Id];

    public void SetOutput(StoredBatch batch, VertexOutput output)
    {
        lock (gate)
        {
            var current = batches[batch.Id];
            Save(current with { Vertex = current.Vertex! with { Output = output } });
            state.Delete(ResultPath(batch));
        }
    }

    public void Cancel(StoredBatch batch)
    {
        lock (gate)
        {
            var current = batches[batch.Id];
            if (current.StateAt(clock.GetUtcNow()) is BatchState.Queued or BatchState.Pending or BatchState.Running)
            {
                Save(current with { CancelTime = clock.GetUtcNow() });
            }
        }
    }

    public StoredBatch SetPriority(StoredBatch batch, long priority)
    {
        lock (gate)
        {
            var changed = batches[batch.Id] with { Priority = priority };
            Save(changed);
            return changed;
        }
    }

    public void Delete(StoredBatch batch)
    {
        lock (gate)
        {
            Save(batches[batch.Id] with { Deleted = true });
            blobs.Release(batch.InputBlob);
        }
    }

    public void DeleteResult(StoredBatch batch)
    {
        lock (gate)
        {
            Save(batches[batch.Id] with { ResultDeleted = true });
            state.Delete(ResultPath(batch));
        }
    }

    /// <summary>The counts of a job that has succeeded; waits while its rows are still being written.</summary>
    public Task<BatchResult> ResultAsync(StoredBatch batch) => BeginResult(batch);

    /// <summary>A large job may be due before its rows are written; it then runs on rather than keep a poll waiting for minutes.</summary>
    public async Task<BatchResult?> ResultInTimeAsync(StoredBatch batch)
    {
        try
        {
            return await ResultAsync(batch).WaitAsync(LongestWait);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public async Task<StoredFile> ResultFileAsync(StoredBatch batch)
    {
        var result = await ResultAsync(batch);
        return new StoredFile(batch.ResultId, batch.Owner, "", "batch output", "application/jsonl", result.Size, result.Sha256, batch.EndTime);
    }

    public string ResultPath(StoredBatch batch) => Path.Combine(Folder(batch), "results.jsonl");

    public void Dispose()
    {
        stopping.Cancel();
        foreach (var result in results.Values.Where(result => result.IsValueCreated))
        {
            // Whatever is unfinished is written again, to the same bytes, by the next emulator on this folder.
            result.Value.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        }

        stopping.Dispose();
        working.Dispose();
    }

    private static string NumberOf(string identity) =>
        (1_000_000_000_000_000_000 + (StableHash.Of(identity) % 8_000_000_000_000_000_000)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsTwin(StoredBatch one, StoredBatch other) =>
        one.Owner == other.Owner && one.DisplayName == other.DisplayName && one.InputSha256 == other.InputSha256 && one.InputFile == other.InputFile;

    private Task<BatchResult> BeginResult(StoredBatch batch)
    {
        if (!batch.NeedsInput)
        {
            return Task.FromResult(new BatchResult(0, 0, 0, ""));
        }

        return results.GetOrAdd(batch.Id, _ => new Lazy<Task<BatchResult>>(() => Task.Run(() => TryWriteResultAsync(batch)))).Value;
    }

    private async Task<BatchResult> TryWriteResultAsync(StoredBatch batch)
    {
        try
        {
            return await WriteResultAsync(batch);
        }
        catch
        {
            // The next one who asks tries again: there may be room by then.
            results.TryRemove(batch.Id, out _);
            throw;
        }
    }

    private async Task<BatchResult> WriteResultAsync(StoredBatch batch)
    {
        if (HasResult(batch))
        {
            return BatchResult.FromState(JsonNode.Parse(await File.ReadAllBytesAsync(SummaryPath(batch)))!);
        }

        await working.WaitAsync(stopping.Token);
        try
        {
            var (keys, attempts) = AskedKeys.Read(KeysPath(batch));
            var result = await writer.WriteAsync(batch, blobs.PathOf(batch.InputBlob), keys, attempts, ResultPath(batch), stopping.Token);
            state.Replace(SummaryPath(batch), ProtoJson.ToCompactUtf8(result.ToState()), evenIfFull: true);
            blobs.Release(batch.InputBlob);
            return result;
        }
        finally
        {
            working.Release();
        }
    }

    private void Load()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var job in log.Jobs)
        {
            var id = job.Name[(job.Name.LastIndexOf('/') + 1)..];
            known.Add(id);
            var batch = StoredBatch.FromState(JsonNode.Parse(File.ReadAllBytes(Path.Combine(state.Batches, id, "job.json")))!);
            batches[id] = batch;
            var (keys, attempts) = AskedKeys.Read(KeysPath(batch));
            asked.Add(batch.Owner, keys, attempts);
        }

        foreach (var folder in Directory.EnumerateDirectories(state.Batches).Where(folder => !known.Contains(Path.GetFileName(folder))))
        {
            // Made by a create call that was killed before its line reached the log.
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Goes on with what an earlier process left unfinished.</summary>
    public void Resume()
    {
        foreach (var batch in batches.Values.Where(batch => batch is { NeedsInput: true, Vertex: null or { Output: null } } && !HasResult(batch)).OrderBy(batch => batch.CreateTime))
        {
            BeginResult(batch);
        }
    }

    private void Save(StoredBatch batch)
    {
        state.Replace(Path.Combine(Folder(batch), "job.json"), ProtoJson.ToCompactUtf8(batch.ToState()), evenIfFull: batches.ContainsKey(batch.Id));
        if (batches.ContainsKey(batch.Id))
        {
            batches[batch.Id] = batch;
        }
    }

    private bool HasResult(StoredBatch batch) => File.Exists(SummaryPath(batch));

    private string Folder(StoredBatch batch) => Path.Combine(state.Batches, batch.Id);

    private string KeysPath(StoredBatch batch) => Path.Combine(Folder(batch), "keys.bin");

    private string SummaryPath(StoredBatch batch) => Path.Combine(Folder(batch), "results.json");
}
