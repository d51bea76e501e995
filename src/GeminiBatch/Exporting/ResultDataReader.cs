using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GeminiBatch;

/// <summary>A run's ended documents as a table, read forward once, one row in memory.</summary>
internal sealed class ResultDataReader(IAsyncEnumerable<ExtractionResult> results, ResultTable table) : DbDataReader
{
    private readonly IAsyncEnumerator<ExtractionResult> _results = results.GetAsyncEnumerator();
    private object?[]? _row;
    private bool _isClosed;

    public override int FieldCount => table.Columns.Count;

    public override bool HasRows => true;

    public override bool IsClosed => _isClosed;

    public override int RecordsAffected => -1;

    public override int Depth => 0;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    // What is behind reads the ledger synchronously; nothing is waited for.
    public override bool Read() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _row = !_isClosed && await _results.MoveNextAsync().ConfigureAwait(false) ? table.Values(_results.Current) : null;
        return _row is not null;
    }

    public override bool NextResult() => false;

    public override void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _results.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public override async Task CloseAsync()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            await _results.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override string GetName(int ordinal) => table.Columns[ordinal].Name;

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

    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    [UnconditionalSuppressMessage("Trimming", "IL2073", Justification = "The types are those of plain values, which are never trimmed.")]
    public override Type GetFieldType(int ordinal) => table.Columns[ordinal].Type;

    [UnconditionalSuppressMessage("Trimming", "IL2111", Justification = "The table holds the types of a few kinds of values, which are never trimmed.")]
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

    public override object GetValue(int ordinal) => (_row ?? throw new InvalidOperationException("There is no row: call Read first, and stop when it returns false."))[ordinal] ?? DBNull.Value;

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

    public override bool IsDBNull(int ordinal) => GetValue(ordinal) is DBNull;

    public override bool GetBoolean(int ordinal) => (bool)GetValue(ordinal);

    public override byte GetByte(int ordinal) => Convert.ToByte(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new InvalidCastException("No column has bytes.");

    public override char GetChar(int ordinal) => GetString(ordinal)[0];

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        var text = GetString(ordinal);
        if (buffer is null)
        {
            return text.Length;
        }

        var count = (int)Math.Clamp(text.Length - dataOffset, 0, length);
        text.CopyTo((int)Math.Min(dataOffset, text.Length), buffer, bufferOffset, count);
        return count;
    }

    public override DateTime GetDateTime(int ordinal) => (DateTime)GetValue(ordinal);

    public override decimal GetDecimal(int ordinal) => Convert.ToDecimal(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override double GetDouble(int ordinal) => Convert.ToDouble(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override float GetFloat(int ordinal) => Convert.ToSingle(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override Guid GetGuid(int ordinal) => (Guid)GetValue(ordinal);

    public override short GetInt16(int ordinal) => Convert.ToInt16(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override int GetInt32(int ordinal) => Convert.ToInt32(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override long GetInt64(int ordinal) => Convert.ToInt64(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override string GetString(int ordinal) => (string)GetValue(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }
}
