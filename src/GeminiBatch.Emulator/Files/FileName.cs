namespace GeminiBatch.Emulator;

/// <summary>The rule for names that a client chooses: files/ and up to 40 lower-case letters, digits and dashes, no dash at an end (protocol: 1.6).</summary>
internal static class FileName
{
    private const int MaxLength = 40;

    public static string Read(string name)
    {
        var id = name.StartsWith("files/", StringComparison.Ordinal) ? name[6..] : name;
        var valid = id.Length is > 0 and <= MaxLength
            && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            && id[0] != '-'
            && id[^1] != '-';
        return valid
            ? id
            : throw ApiException.InvalidArgument("* CreateFileRequest.file.name: Invalid file name. A name is files/ and 1 to 40 lower-case letters, digits and dashes, with no dash at an end.");
    }
}
