using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>attempts.jsonl: how often each logical call was made, so that a plan goes on after a restart where it stood. One line per call, written before the call has any effect.</summary>
internal sealed class AttemptLog
{
    private readonly string path;
    private readonly StateFolder state;
    private readonly Dictionary<(string Operation, string Name, string Condition), int> counts = [];
    private readonly Lock gate = new();

    public AttemptLog(StateFolder state)
    {
        this.state = state;
        path = Path.Combine(state.Root, "attempts.jsonl");
        Load();
    }

    /// <summary>The number of this attempt, counted from 1.</summary>
    public int Next(EmulatedOperation operation, string name, string condition)
    {
        var key = (operation.ToString(), name, condition);
        lock (gate)
        {
            var attempt = counts.GetValueOrDefault(key) + 1;
            byte[] line = [.. Write(key, 1), (byte)'\n'];
            state.Reserve(line.Length);
            using var log = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            log.Write(line);
            return counts[key] = attempt;
        }
    }

    private static byte[] Write((string Operation, string Name, string Condition) key, int count) => ProtoJson.ToCompactUtf8(new JsonObject
    {
        ["operation"] = key.Operation,
        ["name"] = key.Name,
        ["condition"] = key.Condition,
        ["count"] = count,
    });

    private void Load()
    {
        if (!File.Exists(path))
        {
            return;
        }

        foreach (var text in File.ReadLines(path))
        {
            // A line that a kill cut was not acted upon.
            if (ProtoJson.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var line) && line.FindText("operation") is { } operation)
            {
                var key = (operation, line.FindText("name") ?? "", line.FindText("condition") ?? "");
                counts[key] = counts.GetValueOrDefault(key) + (int)(line.FindInteger("count") ?? 1);
            }
        }

        // Written anew as sums: it does not grow from restart to restart, and a cut line does not spoil the next.
        state.Replace(path, [.. counts.SelectMany(entry => Write(entry.Key, entry.Value).Append((byte)'\n'))], evenIfFull: true);
    }
}
