using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace GeminiBatch;

/// <summary>
/// Checks a batch file, of requests written by whatever program, before it is sent: by <see cref="RequestRules"/>, in one pass and in memory that grows by at most
/// 16 bytes a row, beside the longest row and 32 MB for its values.
/// </summary>
/// <param name="options">What the file is checked for.</param>
public sealed class RequestFileValidator(RequestValidationOptions options)
{
    private readonly GeminiCatalogue _catalogue = options.Catalogue ?? GeminiCatalogue.Default;
    private readonly RequestValidationOptions _options = options.Backend is "developer" or "vertex"
        ? options
        : throw new ArgumentException($"'{options.Backend}' is no backend: there are developer and vertex.", nameof(options));

    /// <summary>Checks a file.</summary>
    /// <param name="file">The file's bytes from its start; not disposed.</param>
    /// <param name="report">Called for each finding, in the order of lines.</param>
    /// <param name="cancellationToken">Stops checking.</param>
    public async Task<RequestFileSummary> ValidateAsync(Stream file, Action<RequestFinding> report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(report);
        var pass = new Pass(_options, _catalogue, report);
        var lines = new RowLines(file);
        await foreach ((ReadOnlyMemory<byte> line, bool isWhole) in lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            pass.Check(line, isWhole);
        }

        return pass.Finish(lines.Bytes);
    }

    private sealed class Pass
    {
        private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

        private readonly RequestValidationOptions _options;
        private readonly GeminiCatalogue _catalogue;
        private readonly Action<RequestFinding> _report;
        private readonly long[] _counts = new long[4];
        private readonly KeySet _keys = new();
        private readonly RowTree _tree = new();
        private readonly ColumnTypes _columns = new();
        private readonly RowCheck _row;
        private long _line;
        private long _rows;
        private string? _firstModel;
        private bool _toldOfReturns;
        private bool _embeds;

        internal Pass(RequestValidationOptions options, GeminiCatalogue catalogue, Action<RequestFinding> report)
        {
            (_options, _catalogue, _report) = (options, catalogue, report);
            _row = new RowCheck(_tree, options, catalogue, Report);
        }

        internal void Check(ReadOnlyMemory<byte> line, bool isWhole)
        {
            _line++;
            if (!isWhole)
            {
                _rows++;
                Report(RequestRules.JsonInvalid, 0, string.Create(CultureInfo.InvariantCulture, $"The line is longer than {RowLines.MaxLine} bytes."));
                return;
            }

            if (_line == 1 && line.Span.StartsWith(ByteOrderMark))
            {
                Report(RequestRules.ByteOrderMark, 1, "The file begins with a byte order mark.");
                line = line[ByteOrderMark.Length..];
            }

            if (line.Span is [.., (byte)'\r'])
            {
                line = line[..^1];
                if (!_toldOfReturns)
                {
                    Report(RequestRules.CarriageReturn, line.Length + 1, "The line ends in a carriage return; further ones are not told.");
                    _toldOfReturns = true;
                }
            }

            if (line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                Report(RequestRules.BlankLine, 0, "The line is blank.");
                return;
            }

            _rows++;
            if (!Utf8.IsValid(line.Span))
            {
                Report(RequestRules.NotUtf8, FirstInvalid(line.Span) + 1, "The line is not UTF-8.");
                return;
            }

            try
            {
                if (!_tree.Read(line))
                {
                    Report(RequestRules.RowUnchecked, 0, string.Create(CultureInfo.InvariantCulture, $"The row has more than {RowTree.MaxValues} values."));
                    return;
                }
            }
            catch (JsonException exception)
            {
                int column = (int)Math.Min(exception.BytePositionInLine ?? 0, line.Length) + 1;
                Report(RequestRules.JsonInvalid, column, column > line.Length ? "The JSON ends before it is complete." : "The JSON is not valid here.");
                return;
            }

            CheckRow();
        }

        internal RequestFileSummary Finish(long bytes)
        {
            _line = 0;
            if (_rows == 0)
            {
                Report(RequestRules.FileEmpty, 0, "The file has no rows.");
            }

            GeminiBackendFacts limits = _catalogue.Backend(_options.Backend);
            if (bytes > limits.JobBytes)
            {
                Report(RequestRules.FileTooLarge, 0, string.Create(CultureInfo.InvariantCulture, $"The file has {bytes} bytes; {limits.JobBytes} are allowed."));
            }

            if ((_embeds ? limits.EmbeddingRows : limits.GenerationRows) is { } most && _rows > most)
            {
                Report(RequestRules.TooManyRows, 0, string.Create(CultureInfo.InvariantCulture, $"The file has {_rows} rows; {most} are allowed."));
            }

            return new RequestFileSummary(_rows, bytes, _counts[(int)RuleSeverity.Error], _counts[(int)RuleSeverity.Warning], _counts[(int)RuleSeverity.Notice]);
        }

        private void CheckRow()
        {
            foreach (int duplicate in _tree.Duplicates)
            {
                _row.Report(RequestRules.MemberDuplicate, duplicate, $"{_tree.Quoted(duplicate)} stands twice in its object.");
            }

            if (!_tree.IsObject(0))
            {
                _row.Report(RequestRules.RowNotObject, 0, $"The row is {RowCheck.Word(_tree.Kind(0))}.");
                return;
            }

            int request = _tree.Find(0, "request");
            _row.IsEmbedding = _tree.Has(_tree.Find(request, "content")) && !_tree.Has(_tree.Find(request, "contents"));
            _embeds |= _row.IsEmbedding;
            _row.HasInlineData = false;
            _row.ModelName = ModelOf(request);
            MemberChecks.Check(_row, _columns);
            CheckKey();
            if (request == RowTree.None)
            {
                _row.Report(RequestRules.RequestMissing, RowTree.None, "The row has no request.");
            }
            else if (!_tree.IsObject(request))
            {
                _row.Report(RequestRules.RequestNotObject, request, $"The request is {RowCheck.Word(_tree.Kind(request))}.");
            }
            else
            {
                RequestChecks.Check(_row, request);
            }
        }

        private string? ModelOf(int request)
        {
            int node = _tree.Find(request, "model");
            string? named = _tree.IsText(node) ? _tree.Text(node) : null;
            if (named is not null)
            {
                if (_firstModel is not null && _firstModel != named)
                {
                    _row.Report(RequestRules.ModelMixed, node, $"The row names another model than an earlier row, {RowTree.Quoted(_firstModel)}.");
                }

                _firstModel ??= named;
                _row.Report(RequestRules.ModelInRow, node, "The row names a model.");
            }

            return named ?? _options.Model;
        }

        private void CheckKey()
        {
            int key = _tree.Find(0, "key");
            if (!_tree.Has(key))
            {
                bool hasColumn = _row.IsVertex && MemberChecks.HasColumn(_tree);
                if (!hasColumn)
                {
                    _row.Report(RequestRules.KeyMissing, RowTree.None, "The row has no key.");
                }

                return;
            }

            if (_tree.Kind(key) is not (JsonTokenType.String or JsonTokenType.Number))
            {
                _row.Report(RequestRules.KeyNotText, key, $"The key is {RowCheck.Word(_tree.Kind(key))}.");
                return;
            }

            if (_tree.Kind(key) == JsonTokenType.Number)
            {
                _row.Report(RequestRules.KeyNotText, key, "The key is a number.");
            }

            ReadOnlySpan<byte> raw = _tree.Raw(key);
            ReadOnlySpan<byte> text = raw is [(byte)'"', .., (byte)'"'] ? raw[1..^1] : raw;
            if (text.Trim(" \t"u8).IsEmpty)
            {
                _row.Report(RequestRules.KeyEmpty, key, "The key is empty.");
                return;
            }

            uint earlier = text.Contains((byte)'\\')
                ? _keys.Add(System.Text.Encoding.UTF8.GetBytes(_tree.Text(key) ?? ""), (uint)_line)
                : _keys.Add(text, (uint)_line);
            if (earlier != 0)
            {
                _row.Report(RequestRules.KeyDuplicate, key, string.Create(CultureInfo.InvariantCulture, $"The key is that of line {earlier}."));
            }
        }

        private void Report(RequestRule rule, int column, string message)
        {
            RuleSeverity severity = _options.Severities.TryGetValue(rule.Id, out RuleSeverity other) ? other : rule.On(_options.Backend);
            if (severity != RuleSeverity.Off)
            {
                _counts[(int)severity]++;
                _report(new RequestFinding(rule, severity, _line, column, message));
            }
        }

        private static int FirstInvalid(ReadOnlySpan<byte> bytes)
        {
            int at = 0;
            while (at < bytes.Length && System.Text.Rune.DecodeFromUtf8(bytes[at..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
            {
                at += consumed;
            }

            return at;
        }
    }
}
