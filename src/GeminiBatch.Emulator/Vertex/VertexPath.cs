namespace GeminiBatch.Emulator;

/// <summary>projects/{project}/locations/{location} of a path (protocol: 3.1).</summary>
internal readonly record struct VertexPath(string Project, string Location);
