using System.Diagnostics.CodeAnalysis;

namespace GeminiBatch.Emulator;

/// <summary>The messages of messages.txt; fields are found under their camelCase and their snake_case name.</summary>
internal static class MessageTable
{
    private static readonly Dictionary<string, Dictionary<string, MessageField>> Messages = Load();

    public static bool TryFind(string message, string field, [NotNullWhen(true)] out MessageField? found) => Messages[message].TryGetValue(field, out found);

    private static Dictionary<string, Dictionary<string, MessageField>> Load()
    {
        var messages = new Dictionary<string, Dictionary<string, MessageField>>(StringComparer.Ordinal);
        using var stream = typeof(MessageTable).Assembly.GetManifestResourceStream("messages.txt") ?? throw new InvalidOperationException("The messages are not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var fields = new Dictionary<string, MessageField>(StringComparer.Ordinal);
            foreach (var entry in line[(colon + 2)..].Split(' '))
            {
                var (name, kind) = (entry[..entry.IndexOf(':', StringComparison.Ordinal)], entry[(entry.IndexOf(':', StringComparison.Ordinal) + 1)..]);
                var field = new MessageField(kind.TrimEnd('[', ']', '{', '}'), kind.EndsWith("[]", StringComparison.Ordinal), kind.EndsWith("{}", StringComparison.Ordinal));
                fields[name] = field;
                fields[ProtoJson.ToSnake(name)] = field;
            }

            messages[line[..colon]] = fields;
        }

        return messages;
    }
}
