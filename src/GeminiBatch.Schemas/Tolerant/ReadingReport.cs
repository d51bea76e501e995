using System.Text;

namespace GeminiBatch;

/// <summary>Collects repairs and errors of one reading, and knows where in the value it stands.</summary>
internal sealed class ReadingReport
{
    private readonly List<AnswerRepair> _repairs = [];
    private readonly List<AnswerError> _errors = [];
    private readonly List<(string? Name, int Index)> _path = [];

    public IReadOnlyList<AnswerRepair> Repairs => _repairs;

    public IReadOnlyList<AnswerError> Errors => _errors;

    public int RepairCount => _repairs.Count;

    public int ErrorCount => _errors.Count;

    /// <summary>The range to which everything is attributed while text from inside a string is read; null otherwise.</summary>
    public (int Start, int Length)? Within { get; set; }

    public string Path => PathText(_path);

    public int Depth => _path.Count;

    public void Enter(string name) => _path.Add((name, -1));

    public void Enter(int index) => _path.Add((null, index));

    public void Leave() => _path.RemoveAt(_path.Count - 1);

    public void Repair(AnswerRepairKind kind, int start, int end, string message) => Repair(kind, Path, start, end, message);

    public void Repair(AnswerRepairKind kind, string path, int start, int end, string message)
    {
        (int from, int length) = Within ?? (start, Math.Max(0, end - start));
        _repairs.Add(new AnswerRepair(kind, path, from, length, message));
    }

    public void Error(AnswerErrorKind kind, string message, string? expected = null, string? found = null) =>
        ErrorAt(Path, kind, message, expected, found);

    public void ErrorAt(string path, AnswerErrorKind kind, string message, string? expected = null, string? found = null) =>
        _errors.Add(new AnswerError(kind, path, message) { Expected = expected, Found = found });

    public void Rewind(int repairs, int errors)
    {
        _repairs.RemoveRange(repairs, _repairs.Count - repairs);
        _errors.RemoveRange(errors, _errors.Count - errors);
    }

    /// <summary>The repairs in the answer's order.</summary>
    public AnswerRepair[] Ordered() => [.. _repairs.OrderBy(static repair => repair.Start)];

    public static string PathText(IReadOnlyList<(string? Name, int Index)> path)
    {
        var text = new StringBuilder("$");
        foreach ((string? name, int index) in path)
        {
            if (name is null)
            {
                text.Append('[').Append(index).Append(']');
            }
            else if (name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsLetterOrDigit(c) || c == '_'))
            {
                text.Append('.').Append(name);
            }
            else
            {
                text.Append("['").Append(name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
            }
        }

        return text.ToString();
    }
}
