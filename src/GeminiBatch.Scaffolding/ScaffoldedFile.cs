namespace GeminiBatch;

/// <summary>One file of scaffolded source.</summary>
/// <param name="Name">A file name without folders, such as <c>Invoice.cs</c>.</param>
/// <param name="Text">The source, with <c>\n</c> line ends.</param>
public sealed record ScaffoldedFile(string Name, string Text);
