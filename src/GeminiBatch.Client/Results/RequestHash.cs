using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GeminiBatch;

/// <summary>
/// A hash of a request that an echo of it has too. Vertex AI sends a request back with other member order, nulls added, names in the other case, one-element
/// lists as objects and the reverse (protocol: 3.5; 10, no. 29). None of that changes the hash.
/// </summary>
internal static class RequestHash
{
    private const int Length = 16;

    internal static UInt128 Of(JsonElement request)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(sha, request);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        sha.GetHashAndReset(hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[..Length]);
    }

    private static void Append(IncrementalHash sha, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                sha.AppendData("{"u8);
                foreach ((string name, JsonElement member) in value.EnumerateObject()
                    .Where(static member => !IsEmpty(member.Value))
                    .Select(static member => (Name: CamelCase(member.Name), member.Value))
                    .Where(static member => member.Name != "labels")
                    .OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    AppendText(sha, name);
                    Append(sha, member);
                }

                sha.AppendData("}"u8);
                break;

            // A list of one and its element are the same thing to the service.
            case JsonValueKind.Array when value.GetArrayLength() == 1:
                Append(sha, value[0]);
                break;
            case JsonValueKind.Array:
                sha.AppendData("["u8);
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Append(sha, item);
                }

                sha.AppendData("]"u8);
                break;
            case JsonValueKind.String:
                AppendText(sha, WireText.Of(value));
                break;
            case JsonValueKind.Number:
                string raw = value.GetRawText();
                AppendText(sha, double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number.ToString("R", CultureInfo.InvariantCulture) : raw);
                break;
            default:
                AppendText(sha, value.ValueKind.ToString());
                break;
        }
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.Object => !value.EnumerateObject().Any(static member => !IsEmpty(member.Value)),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    private static void AppendText(IncrementalHash sha, string text)
    {
        Span<byte> length = stackalloc byte[5];
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        length[0] = (byte)'t';
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length[1..], utf8.Length);
        sha.AppendData(length);
        sha.AppendData(utf8);
    }

    private static string CamelCase(string name)
    {
        if (!name.Contains('_', StringComparison.Ordinal))
        {
            return name;
        }

        var camel = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '_' && i > 0 && i + 1 < name.Length)
            {
                camel.Append(char.ToUpperInvariant(name[++i]));
            }
            else
            {
                camel.Append(name[i]);
            }
        }

        return camel.ToString();
    }
}
