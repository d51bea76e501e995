using GeminiBatch;

namespace Invoices;

/// <summary>Where a document came from: kept with its result, never sent. A document is named <c>country-supplier-number</c>.</summary>
[BatchMetadata]
public sealed partial record Origin(string File, string? Country, string? Supplier)
{
    /// <summary>Reads the origin from a document's id.</summary>
    public static Origin Of(string id)
    {
        var name = Path.GetFileNameWithoutExtension(id);
        var first = name.IndexOf('-', StringComparison.Ordinal);
        var last = name.LastIndexOf('-');
        return first == 2 && last > first
            ? new(Path.GetFileName(id), name[..first], name[(first + 1)..last])
            : new(Path.GetFileName(id), null, null);
    }
}
