namespace GeminiBatch;

/// <summary>The ledger's tables, version by version. A published version is never edited: a change is a new migration.</summary>
internal static class LedgerLayout
{
    /// <summary>Marks a SQLite file as a ledger: the bytes "GBLG".</summary>
    public const int ApplicationId = 0x47424C47;

    public static int CurrentVersion => Migrations.Count;

    /// <summary>Migration n brings version n to n + 1.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
        CREATE TABLE ledger (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
        CREATE TABLE migrations (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;

        CREATE TABLE schemas (
            id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, name TEXT NOT NULL, descriptor TEXT NOT NULL,
            prompt_instructions TEXT NOT NULL, native_instructions TEXT NOT NULL, response_schema BLOB NOT NULL) STRICT;

        CREATE TABLE recipes (
            id INTEGER PRIMARY KEY, fingerprint BLOB NOT NULL UNIQUE, schema INTEGER NOT NULL, model TEXT NOT NULL, body TEXT NOT NULL) STRICT;

        CREATE TABLE runs (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, recipe INTEGER NOT NULL,
            max_attempts INTEGER NOT NULL, max_cost INTEGER, parsing TEXT,
            backend_kind TEXT NOT NULL, backend_account TEXT NOT NULL, backend_location TEXT NOT NULL, backend_endpoint TEXT NOT NULL,
            created_at INTEGER NOT NULL, planned_at INTEGER, spool_length INTEGER NOT NULL DEFAULT 0,
            rows INTEGER NOT NULL DEFAULT 0, items INTEGER NOT NULL DEFAULT 0, pending INTEGER NOT NULL DEFAULT 0,
            succeeded INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, superseded INTEGER NOT NULL DEFAULT 0,
            settled_sequence INTEGER NOT NULL DEFAULT 0, shards INTEGER NOT NULL DEFAULT 0, cancelling INTEGER NOT NULL DEFAULT 0,
            prompt_tokens INTEGER NOT NULL DEFAULT 0, candidates_tokens INTEGER NOT NULL DEFAULT 0, thoughts_tokens INTEGER NOT NULL DEFAULT 0,
            cached_tokens INTEGER NOT NULL DEFAULT 0, tool_tokens INTEGER NOT NULL DEFAULT 0, total_tokens INTEGER NOT NULL DEFAULT 0,
            answered_rows INTEGER NOT NULL DEFAULT 0, spent INTEGER NOT NULL DEFAULT 0, unpriced_rows INTEGER NOT NULL DEFAULT 0, reserved INTEGER NOT NULL DEFAULT 0,
            owner TEXT, owner_host TEXT, owner_process INTEGER, owner_started INTEGER, owner_until INTEGER) STRICT;

        CREATE TABLE rows (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, key BLOB NOT NULL, recipe INTEGER NOT NULL,
            spool_offset INTEGER NOT NULL, spool_length INTEGER NOT NULL, tokens INTEGER NOT NULL,
            state INTEGER NOT NULL DEFAULT 0, items INTEGER NOT NULL DEFAULT 0, attempt INTEGER NOT NULL DEFAULT 0,
            granted INTEGER NOT NULL DEFAULT 0, shard INTEGER, chunk INTEGER, ordinal INTEGER, reason TEXT, advice INTEGER, repairs INTEGER NOT NULL DEFAULT 0,
            output_budget INTEGER, settled INTEGER) STRICT;
        CREATE UNIQUE INDEX rows_key ON rows (run, key);
        CREATE INDEX rows_planned ON rows (run) WHERE state = 0;
        CREATE INDEX rows_settled ON rows (run, settled) WHERE settled IS NOT NULL;

        CREATE TABLE items (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, document TEXT NOT NULL, row INTEGER NOT NULL,
            metadata TEXT, superseded INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE UNIQUE INDEX items_document ON items (run, document) WHERE superseded = 0;
        CREATE INDEX items_row ON items (row);

        CREATE TABLE skips (run INTEGER NOT NULL, document TEXT NOT NULL, reason TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (run, document)) STRICT, WITHOUT ROWID;

        CREATE TABLE shards (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, number INTEGER NOT NULL, model TEXT NOT NULL, state INTEGER NOT NULL DEFAULT 0,
            rows INTEGER NOT NULL, bytes INTEGER NOT NULL, first_row INTEGER NOT NULL, last_row INTEGER NOT NULL,
            reserved INTEGER NOT NULL DEFAULT 0, attempt INTEGER NOT NULL DEFAULT 0,
            file TEXT, file_expires_at INTEGER, due_at INTEGER, errors INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE UNIQUE INDEX shards_number ON shards (run, number);
        CREATE INDEX shards_open ON shards (run, state) WHERE state < 3;

        CREATE TABLE jobs (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, shard INTEGER NOT NULL, attempt INTEGER NOT NULL, state INTEGER NOT NULL,
            display_name TEXT NOT NULL, input_file TEXT NOT NULL, name TEXT UNIQUE, backend_state TEXT,
            intended_at INTEGER NOT NULL, uncertain_since INTEGER, created_at INTEGER, ended_at INTEGER,
            due_at INTEGER, wait INTEGER NOT NULL DEFAULT 0, errors INTEGER NOT NULL DEFAULT 0,
            error_code INTEGER, error_message TEXT,
            lines INTEGER NOT NULL DEFAULT 0, unknown_keys INTEGER NOT NULL DEFAULT 0, duplicate_keys INTEGER NOT NULL DEFAULT 0, missing_keys INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE INDEX jobs_shard ON jobs (shard);
        CREATE INDEX jobs_open ON jobs (run, state);

        CREATE TABLE chunks (id INTEGER PRIMARY KEY, run INTEGER NOT NULL, job INTEGER NOT NULL, rows INTEGER NOT NULL, parser INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
        CREATE INDEX chunks_job ON chunks (job);

        CREATE TABLE attempts (row INTEGER NOT NULL, attempt INTEGER NOT NULL, shard INTEGER NOT NULL, chunk INTEGER, ordinal INTEGER, reason TEXT NOT NULL, PRIMARY KEY (row, attempt)) STRICT, WITHOUT ROWID;
        CREATE TABLE tallies (run INTEGER NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (run, subject, name)) STRICT, WITHOUT ROWID;
        CREATE TABLE uploads (run INTEGER NOT NULL, hash BLOB NOT NULL, mime_type TEXT NOT NULL, uri TEXT NOT NULL, expires_at INTEGER, PRIMARY KEY (run, hash, mime_type)) STRICT, WITHOUT ROWID;
        """,

        // The triggers hold LedgerTransitions against every program, this one included: 10 × or 100 × the old state plus the new one.
        """
        ALTER TABLE runs ADD COLUMN cached INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN grounding INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN searches INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN spent_on_search INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN estimated INTEGER;
        ALTER TABLE runs ADD COLUMN estimated_rows INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN sampled_rows INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN sampled_tokens INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN sampled_estimate INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN refused_in_a_row INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN failed_in_a_row INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN storm_round INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN storm_until INTEGER;
        ALTER TABLE rows ADD COLUMN cached INTEGER;
        ALTER TABLE rows ADD COLUMN cost INTEGER;
        ALTER TABLE rows ADD COLUMN thinking TEXT;
        ALTER TABLE shards ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE shards ADD COLUMN parent INTEGER;
        ALTER TABLE shards ADD COLUMN probe INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE jobs ADD COLUMN warned INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE jobs ADD COLUMN cancel INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE attempts ADD COLUMN cost INTEGER;
        DROP INDEX rows_key;
        CREATE UNIQUE INDEX rows_key ON rows (key, run);
        CREATE INDEX rows_failed ON rows (run, reason) WHERE state = 4;
        DELETE FROM tallies WHERE subject = 'failure';
        CREATE TABLE row_errors (row INTEGER PRIMARY KEY, message TEXT NOT NULL) STRICT;
        CREATE TRIGGER rows_change_state BEFORE UPDATE OF state ON rows WHEN old.state <> new.state AND old.state * 10 + new.state NOT IN (1, 10, 12, 13, 14, 20, 24, 40)
        BEGIN SELECT RAISE(ABORT, 'a row cannot change its state so'); END;
        CREATE TRIGGER shards_change_state BEFORE UPDATE OF state ON shards WHEN old.state <> new.state AND old.state * 10 + new.state NOT IN (1, 3, 10, 12, 13, 21, 23)
        BEGIN SELECT RAISE(ABORT, 'a shard cannot change its state so'); END;
        CREATE TRIGGER jobs_change_state BEFORE UPDATE OF state ON jobs WHEN old.state <> new.state AND old.state * 100 + new.state NOT IN (1, 2, 3, 8, 103, 107, 200, 208, 304, 405, 506, 703, 910)
        BEGIN SELECT RAISE(ABORT, 'a job cannot change its state so'); END;
        """,

        """
        ALTER TABLE runs ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN search_consent INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE runs ADD COLUMN free_searches INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE ledger ADD COLUMN last_run INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX rows_cached ON rows (cached, chunk) WHERE cached IS NOT NULL;
        CREATE INDEX items_superseded ON items (run, document) WHERE superseded = 1;
        """,

        """
        ALTER TABLE runs ADD COLUMN section_merge INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE items ADD COLUMN whole TEXT;
        ALTER TABLE items ADD COLUMN section INTEGER;
        ALTER TABLE items ADD COLUMN sections INTEGER;
        ALTER TABLE items ADD COLUMN first_page INTEGER;
        ALTER TABLE items ADD COLUMN last_page INTEGER;
        CREATE INDEX items_whole ON items (run, whole, section) WHERE whole IS NOT NULL AND superseded = 0;
        """,

        """
        ALTER TABLE runs ADD COLUMN asked TEXT;
        ALTER TABLE runs ADD COLUMN same_model INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE jobs ADD COLUMN reserved INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE jobs ADD COLUMN spent INTEGER NOT NULL DEFAULT 0;
        UPDATE jobs SET reserved = (SELECT s.reserved FROM shards s WHERE s.id = jobs.shard) WHERE state IN (0, 1, 3, 4) AND lines = 0;
        CREATE TABLE fits (run INTEGER NOT NULL, asked BLOB NOT NULL, recipe INTEGER NOT NULL, PRIMARY KEY (run, asked)) STRICT, WITHOUT ROWID;
        """,
    ];
}
