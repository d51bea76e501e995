using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>jobs.jsonl: one line per job ever created. The line is what makes a job exist, so it is written before the create call is answered.</summary>
internal sealed class JobLog
{
    private readonly string path;
    private readonly Lock gate = new();
    private readonly List<EmulatedJob> jobs = [];

    public JobLog(StateFolder state)
    {
        path = Path.Combine(state.Root, "jobs.jsonl");
        Load();
    }

    public IReadOnlyList<EmulatedJob> Jobs
    {
        get
        {
            lock (gate)
            {
                return [.. jobs];
            }
        }
    }

    public void Append(StoredBatch batch)
    {
        var line = batch.ToLogLine();
        lock (gate)
        {
            using var log = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            log.Write([.. ProtoJson.ToCompactUtf8(line), (byte)'\n']);
            jobs.Add(Read(line));
        }
    }

    private static EmulatedJob Read(JsonNode line) => new(
        line.FindText("name")!,
        line.FindText("displayName") ?? "",
        line.FindText("model")!,
        line.FindText("inputFile"),
        line.FindText("inputSha256")!,
        ProtoJson.ReadTimestamp(line.FindText("createTime")!));

    private void Load()
    {
        if (!File.Exists(path))
        {
            return;
        }

        var content = File.ReadAllBytes(path);
        var complete = content.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (complete < content.Length)
        {
            // A kill cut the last line: that job was never acknowledged.
            using var log = new FileStream(path, FileMode.Open, FileAccess.Write);
            log.SetLength(complete);
        }

        foreach (var range in content.AsSpan(0, complete).Split((byte)'\n'))
        {
            if (ProtoJson.TryParse(content.AsSpan(0, complete)[range], out var line))
            {
                jobs.Add(Read(line));
            }
        }
    }
}
