namespace GeminiBatch;

/// <summary>A document that was not taken into the run, and why.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="Reason">A stable snake_case name: <c>not_matched</c>, <c>hidden</c>, <c>dangling_link</c>, <c>missing</c>, <c>unreadable</c>, <c>undecodable</c>, <c>empty</c>, <c>unknown_type</c>, <c>too_large</c>, <c>missing_address</c>, <c>unreadable_address</c>.</param>
/// <param name="Message">One line: what was found, and what to do.</param>
public sealed record SkippedDocument(string Id, string Reason, string Message);
