using Microsoft.Data.Sqlite;

namespace GeminiBatch;

/// <summary>A run as the ledger has it.</summary>
internal sealed record RunRecord
{
    public const string Columns =
        """
        id, name, recipe, max_attempts, max_cost, parsing, backend_kind, backend_account, backend_location, backend_endpoint, created_at, planned_at, spool_length,
        rows, items, pending, succeeded, failed, superseded, shards, cancelling,
        prompt_tokens, candidates_tokens, thoughts_tokens, cached_tokens, tool_tokens, total_tokens, answered_rows, spent, unpriced_rows, reserved,
        cached, grounding, searches, spent_on_search, estimated, estimated_rows, sampled_rows, sampled_tokens, sampled_estimate, refused_in_a_row, failed_in_a_row, storm_round, storm_until, paused, search_consent, free_searches, same_model
        """;

    public long Id { get; init; }

    public required string Name { get; init; }

    public long Recipe { get; init; }

    public int MaxAttempts { get; init; }

    public long? MaxCost { get; init; }

    public string? Parsing { get; init; }

    public required BackendIdentity Backend { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool IsPlanned { get; init; }

    public long SpoolLength { get; init; }

    public long Rows { get; init; }

    public long Items { get; init; }

    public long Pending { get; init; }

    public long Succeeded { get; init; }

    public long Failed { get; init; }

    public long Superseded { get; init; }

    public long Shards { get; init; }

    public bool IsCancelling { get; init; }

    public required GeminiUsage Usage { get; init; }

    /// <summary>Rows that came back with token counts, attempts counted one by one.</summary>
    public long AnsweredRows { get; init; }

    public long Spent { get; init; }

    public long UnpricedRows { get; init; }

    public long Reserved { get; init; }

    /// <summary>Items that took the answer of another run.</summary>
    public long Cached { get; init; }

    public bool RequiresGrounding { get; init; }

    public bool RequiresModel { get; init; }

    /// <summary>Search queries that answers show.</summary>
    public long Searches { get; init; }

    public long SpentOnSearch { get; init; }

    /// <summary>The first estimate of the whole run, for comparison with the bill.</summary>
    public long? Estimated { get; init; }

    public long EstimatedRows { get; init; }

    /// <summary>Rows whose tokens the backend has counted.</summary>
    public long SampledRows { get; init; }

    public long SampledTokens { get; init; }

    /// <summary>The local estimate of the sampled rows.</summary>
    public long SampledEstimate { get; init; }

    /// <summary>Jobs refused for their content since one was accepted.</summary>
    public int RefusedInARow { get; init; }

    /// <summary>Jobs that failed whole since one brought results.</summary>
    public int FailedInARow { get; init; }

    /// <summary>How often the run was paused for transient errors since it last went well.</summary>
    public int StormRound { get; init; }

    public long? StormUntil { get; init; }

    /// <summary>Whether nothing more is sent until the user says so.</summary>
    public bool IsPaused { get; init; }

    public bool HasSearchConsent { get; init; }

    public long FreeSearches { get; init; }

    /// <summary>The bill so far in US dollars, or <see langword="null"/> when a price is unknown.</summary>
    public decimal? Cost => UnpricedRows > 0 ? null : Money.ToDollars(Spent);

    public static RunRecord Read(SqliteDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        Name = reader.GetString(1),
        Recipe = reader.GetInt64(2),
        MaxAttempts = reader.GetInt32(3),
        MaxCost = reader.IsDBNull(4) ? null : reader.GetInt64(4),
        Parsing = reader.IsDBNull(5) ? null : reader.GetString(5),
        Backend = new(reader.GetString(6), reader.GetString(7), reader.GetString(8), reader.GetString(9)),
        CreatedAt = LedgerTime.To(reader.GetInt64(10)),
        IsPlanned = !reader.IsDBNull(11),
        SpoolLength = reader.GetInt64(12),
        Rows = reader.GetInt64(13),
        Items = reader.GetInt64(14),
        Pending = reader.GetInt64(15),
        Succeeded = reader.GetInt64(16),
        Failed = reader.GetInt64(17),
        Superseded = reader.GetInt64(18),
        Shards = reader.GetInt64(19),
        IsCancelling = reader.GetInt64(20) != 0,
        Usage = new(reader.GetInt64(21), reader.GetInt64(22), reader.GetInt64(23), reader.GetInt64(24), reader.GetInt64(25), reader.GetInt64(26)),
        AnsweredRows = reader.GetInt64(27),
        Spent = reader.GetInt64(28),
        UnpricedRows = reader.GetInt64(29),
        Reserved = reader.GetInt64(30),
        Cached = reader.GetInt64(31),
        RequiresGrounding = reader.GetInt64(32) != 0,
        Searches = reader.GetInt64(33),
        SpentOnSearch = reader.GetInt64(34),
        Estimated = reader.IsDBNull(35) ? null : reader.GetInt64(35),
        EstimatedRows = reader.GetInt64(36),
        SampledRows = reader.GetInt64(37),
        SampledTokens = reader.GetInt64(38),
        SampledEstimate = reader.GetInt64(39),
        RefusedInARow = reader.GetInt32(40),
        FailedInARow = reader.GetInt32(41),
        StormRound = reader.GetInt32(42),
        StormUntil = reader.IsDBNull(43) ? null : reader.GetInt64(43),
        IsPaused = reader.GetInt64(44) != 0,
        HasSearchConsent = reader.GetInt64(45) != 0,
        FreeSearches = reader.GetInt64(46),
        RequiresModel = reader.GetInt64(47) != 0,
    };
}
