using System.Globalization;
using System.Security.Cryptography;

namespace GeminiBatch;

/// <summary>Makes a new ledger, brings an older one up to date, and refuses what is no ledger or a newer one.</summary>
internal static class LedgerMigration
{
    private const string NameAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static void Apply(LedgerConnection connection, string path, TimeProvider timeProvider)
    {
        Check(connection, path);
        connection.Execute("PRAGMA journal_mode = WAL");
        if (Version(connection) == LedgerLayout.CurrentVersion)
        {
            return;
        }

        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            // Another program may have migrated since the first look.
            Check(connection, path);
            for (var version = (int)Version(connection); version < LedgerLayout.CurrentVersion; version++)
            {
                connection.Execute(LedgerLayout.Migrations[version]);
                if (version == 0)
                {
                    connection.Execute("INSERT INTO ledger (id, name, created_at) VALUES (1, $1, $2)", RandomNumberGenerator.GetString(NameAlphabet, 8), LedgerTime.Now(timeProvider));
                }

                connection.Execute("INSERT INTO migrations (version, applied_at) VALUES ($1, $2)", version + 1, LedgerTime.Now(timeProvider));
            }

            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {LedgerLayout.ApplicationId}"));
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {LedgerLayout.CurrentVersion}"));
            connection.Execute("COMMIT");
        }
        catch
        {
            if (!connection.IsAutoCommit)
            {
                connection.Execute("ROLLBACK");
            }

            throw;
        }
    }

    public static long Version(LedgerConnection connection) => connection.Number("PRAGMA user_version") ?? 0;

    /// <summary>Refuses what is no ledger, and a newer one.</summary>
    public static void Check(LedgerConnection connection, string path)
    {
        // In this order: another program that is just making the ledger commits its tables and its mark as one, so tables that are seen have a mark to be seen.
        var tables = connection.Number("SELECT count(*) FROM sqlite_schema");
        var application = connection.Number("PRAGMA application_id") ?? 0;
        if (application != LedgerLayout.ApplicationId)
        {
            if (application != 0 || tables != 0)
            {
                throw LedgerErrors.Foreign(path);
            }

            return;
        }

        var version = Version(connection);
        if (version > LedgerLayout.CurrentVersion)
        {
            throw LedgerErrors.Newer(path, version);
        }
    }
}
