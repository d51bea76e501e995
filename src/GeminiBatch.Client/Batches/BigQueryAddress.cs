namespace GeminiBatch;

/// <summary>Addresses of tables, <c>bq://project.dataset.table</c> (protocol: 3.3).</summary>
internal static class BigQueryAddress
{
    private const string Scheme = "bq://";

    internal static string Check(string address, string parameter, int parts)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address, parameter);
        string[] names = address.StartsWith(Scheme, StringComparison.Ordinal) ? address[Scheme.Length..].Split('.') : [];
        return names.Length >= parts && names.Length <= 3 && Array.TrueForAll(names, static name => name.Length > 0 && !name.Any(static c => char.IsWhiteSpace(c) || c == '/'))
            ? address
            : throw new ArgumentException($"'{address}' is no address in BigQuery: use bq://project.dataset{(parts == 3 ? "" : " or bq://project.dataset")}.table.", parameter);
    }

    /// <summary>The table that a finished job names, in whichever of its two members and with or without its dataset.</summary>
    internal static string? Table(string? dataset, string? table)
    {
        if (string.IsNullOrEmpty(table))
        {
            return string.IsNullOrEmpty(dataset) ? null : dataset;
        }

        string? whole = table.StartsWith(Scheme, StringComparison.Ordinal) || string.IsNullOrEmpty(dataset) ? table : $"{dataset}.{table}";
        return whole.StartsWith(Scheme, StringComparison.Ordinal) ? whole : Scheme + whole;
    }
}
