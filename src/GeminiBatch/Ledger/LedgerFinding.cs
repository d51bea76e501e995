namespace GeminiBatch;

/// <summary>A law that a ledger breaks, found by <see cref="BatchExtractor.CheckAsync"/>.</summary>
/// <param name="Rule">The law's stable name.</param>
/// <param name="Message">What was found, and where.</param>
public sealed record LedgerFinding(string Rule, string Message);
