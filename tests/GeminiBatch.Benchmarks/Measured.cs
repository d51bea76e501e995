using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GeminiBatch.Benchmarks;

/// <summary>What one measured process reports on its standard output, as named numbers.</summary>
internal sealed class Measured(IReadOnlyDictionary<string, double> numbers)
{
    public double this[string name] => numbers[name];

    public double PeakMegabytes => numbers["peak"] / (1024 * 1024);

    /// <summary>Runs this program again with other arguments and reads what it measured.</summary>
    public static Measured Child(params string[] arguments)
    {
        using var process = Process.Start(Again(arguments))!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? new(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')).ToDictionary(static pair => pair[0], static pair => double.Parse(pair[1], CultureInfo.InvariantCulture)))
            : throw new InvalidOperationException($"The measured process '{string.Join(' ', arguments)}' ended with {process.ExitCode}.");
    }

    /// <summary>This program with other arguments and a standard output to read from.</summary>
    public static ProcessStartInfo Again(params string[] arguments)
    {
        // Started as `dotnet X.dll`, the process is the host, which needs to be told the program again.
        var host = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(Measured).Assembly.Location] : [];
        return new ProcessStartInfo(host, [.. program, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
    }

    /// <summary>Writes what this process has measured, with its processor time and its peak memory.</summary>
    public static void Report(params IEnumerable<(string Name, double Value)> numbers)
    {
        using var process = Process.GetCurrentProcess();
        foreach (var (name, value) in numbers.Append(("cpu", process.TotalProcessorTime.TotalSeconds)).Append(("peak", process.PeakWorkingSet64)))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));
        }
    }

    public static long BytesOnDisk(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(static path => !path.EndsWith("-wal", StringComparison.Ordinal) && !path.EndsWith("-shm", StringComparison.Ordinal)).Sum(static path => new FileInfo(path).Length);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this program.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>A SQLite file with the ledger's own durability.</summary>
    public static SqliteConnection OpenDurable(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA cache_size = -16000");
        return connection;
    }
}
