using System.Globalization;

namespace GeminiBatch.Emulator;

/// <summary>Cloud Storage writes milliseconds (protocol: 4).</summary>
internal static class StorageTime
{
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
