namespace GeminiBatch;

/// <summary>A choice of rows for one batch file.</summary>
internal sealed record PackedShard(string Model, bool IsRetry, long Rows, long Bytes, long Tokens, long FirstRow, long LastRow, bool IsProbe = false);
