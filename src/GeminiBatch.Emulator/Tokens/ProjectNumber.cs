using System.Globalization;

namespace GeminiBatch.Emulator;

/// <summary>Names of resources carry the number of a project, whatever a caller named it by (protocol: 3.2).</summary>
internal static class ProjectNumber
{
    public static string Of(string project) => project.Length > 0 && project.All(char.IsAsciiDigit)
        ? project
        : (100_000_000_000 + (long)(StableHash.Of("project\n" + project) % 900_000_000_000)).ToString(CultureInfo.InvariantCulture);
}
