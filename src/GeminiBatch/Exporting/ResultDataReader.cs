using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// A run's ended documents as a table for bulk copies: <c>document_id</c>, <c>row_key</c>, <c>succeeded</c>, <c>reason</c>, <c>cost</c>, then one column for each flat
/// field of the schema. Read forward once, one row in memory.
/// </summary>
/// <remarks>Integers are <see cref="long"/>, numbers <see cref="double"/>, decimals <see cref="decimal"/>, Booleans <see cref="bool"/>; everything else is text, lists and maps as JSON.</remarks>
#pragma warning disable CA1010 // DbDataReader gives its own enumerator of records.
public sealed class ResultDataReader : DbDataReader
#pragma warning restore CA1010
{
    private static readonly (string Name, Type Type)[] s_own =
        [("document_id", typeof(string)), ("row_key", typeof(string)), ("succeeded", typeof(bool)), ("reason", typeof(string)), ("cost", typeof(decimal))];

    private readonly IAsyncEnumerator<ExtractionResult> _results;
    private readonly IReadOnlyList<ResultColumn> _columns;
    private readonly object?[] _values;
    private bool _isClosed;

    internal ResultDataReader(IAsyncEnumerable<ExtractionResult> results, SchemaDescriptor schema, CancellationToken cancellationToken)
    {
        _results = results.GetAsyncEnumerator(cancellationToken);
        _columns = ResultColumn.Of(schema);
        _values = new object?[s_own.Length + _columns.Count];
    }

    /// <inheritdoc/>
    public override int FieldCount => _values.Length;

    /// <inheritdoc/>
    public override bool HasRows => true;

    /// <inheritdoc/>
    public override bool IsClosed => _isClosed;

    /// <inheritdoc/>
    public override int RecordsAffected => -1;

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public override bool Read() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isClosed || !await _results.MoveNextAsync().ConfigureAwait(false))
        {
            return false;
        }

        Take(_results.Current);
        return true;
    }

    /// <inheritdoc/>
    public override bool NextResult() => false;

    /// <inheritdoc/>
    public override void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _results.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc/>
    public override async Task CloseAsync()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            await _results.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override string GetName(int ordinal) => ordinal < s_own.Length ? s_own[ordinal].Name : _columns[ordinal - s_own.Length].Name;

    /// <inheritdoc/>
    public override int GetOrdinal(string name)
    {
        for (var ordinal = 0; ordinal < FieldCount; ordinal++)
        {
            if (string.Equals(GetName(ordinal), name, StringComparison.OrdinalIgnoreCase))
            {
                return ordinal;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such column.");
    }

    /// <inheritdoc/>
    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    /// <inheritdoc/>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetFieldType(int ordinal)
    {
        var kind = ordinal < s_own.Length
            ? ordinal switch { 2 => SchemaKind.Boolean, 4 => SchemaKind.Decimal, _ => SchemaKind.String }
            : _columns[ordinal - s_own.Length].Kind;
        return kind switch
        {
            SchemaKind.Boolean => typeof(bool),
            SchemaKind.Integer => typeof(long),
            SchemaKind.Number => typeof(double),
            SchemaKind.Decimal => typeof(decimal),
            _ => typeof(string),
        };
    }

    /// <inheritdoc/>
    [UnconditionalSuppressMessage("Trimming", "IL2111", Justification = "The table holds the types of five kinds of values, which are never trimmed.")]
    public override DataTable GetSchemaTable()
    {
        var schema = new DataTable("SchemaTable") { Locale = CultureInfo.InvariantCulture };
        schema.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        schema.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        schema.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        schema.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        schema.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        for (var ordinal = 0; ordinal < FieldCount; ordinal++)
        {
            schema.Rows.Add(GetName(ordinal), ordinal, -1, GetFieldType(ordinal), ordinal > 2);
        }

        return schema;
    }

    /// <inheritdoc/>
    public override object GetValue(int ordinal) => _values[ordinal] ?? DBNull.Value;

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var count = Math.Min(values.Length, FieldCount);
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            values[ordinal] = GetValue(ordinal);
        }

        return count;
    }

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => _values[ordinal] is null;

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => (bool)GetValue(ordinal);

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => Convert.ToByte(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new InvalidCastException("No column has bytes.");

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => ((string)GetValue(ordinal))[0];

    /// <inheritdoc/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        var text = (string)GetValue(ordinal);
        if (buffer is null)
        {
            return text.Length;
        }

        var count = Math.Min(length, Math.Max(0, text.Length - (int)dataOffset));
        text.CopyTo((int)dataOffset, buffer, bufferOffset, count);
        return count;
    }

    /// <inheritdoc/>
    public override DateTime GetDateTime(int ordinal) => DateTime.Parse((string)GetValue(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => Convert.ToDecimal(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => Convert.ToDouble(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => Convert.ToSingle(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => Guid.Parse((string)GetValue(ordinal));

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => Convert.ToInt16(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => Convert.ToInt32(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override long GetInt64(int ordinal) => Convert.ToInt64(GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string GetString(int ordinal) => (string)GetValue(ordinal);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    private void Take(ExtractionResult result)
    {
        Array.Clear(_values);
        (_values[0], _values[1], _values[2], _values[3], _values[4]) = (result.DocumentId, result.Key, result.Succeeded, result.Failure?.Reason, result.Cost);
        if (!result.Succeeded)
        {
            return;
        }

        using var document = JsonDocument.Parse(result.CanonicalJson);
        for (var column = 0; column < _columns.Count; column++)
        {
            _values[s_own.Length + column] = ValueOf(_columns[column], _columns[column].In(document.RootElement));
        }
    }

    private static object? ValueOf(ResultColumn column, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False when column.Kind == SchemaKind.Boolean => value.GetBoolean(),
        JsonValueKind.Number when column.Kind == SchemaKind.Integer => value.GetInt64(),
        JsonValueKind.Number when column.Kind == SchemaKind.Number => value.GetDouble(),
        JsonValueKind.Number when column.Kind == SchemaKind.Decimal => value.GetDecimal(),
        JsonValueKind.String when !column.IsJson => value.GetString(),
        _ => value.GetRawText(),
    };
}
