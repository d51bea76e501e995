using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace GeminiBatch.Emulator;

/// <summary>Valid media for requests that ask for some: a small PNG of one colour, a short WAV of one tone, both chosen by the prompt.</summary>
internal static class MediaAnswer
{
    private const int Side = 16;
    private const int SampleRate = 24_000;

    /// <summary>The parts for the modalities asked for; null where only text is.</summary>
    public static JsonObject? Make(JsonObject request, string prompt)
    {
        var modalities = request.Find("generationConfig").Find("responseModalities").Items().Select(modality => modality.AsText()?.ToUpperInvariant()).ToList();
        var choice = StableHash.Of("media\n" + prompt);
        return modalities.Contains("IMAGE") ? Part("image/png", Png(choice))
            : modalities.Contains("AUDIO") ? Part("audio/wav", Wav(choice))
            : null;
    }

    private static JsonObject Part(string mimeType, byte[] bytes) =>
        new() { ["inlineData"] = new JsonObject { ["mimeType"] = mimeType, ["data"] = Convert.ToBase64String(bytes) } };

    private static byte[] Png(ulong choice)
    {
        using var pixels = new MemoryStream();
        using (var packer = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = [0, .. Enumerable.Range(0, Side).SelectMany(_ => new[] { (byte)choice, (byte)(choice >> 8), (byte)(choice >> 16) })];
            for (var line = 0; line < Side; line++)
            {
                packer.Write(row);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        var framed = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(framed, content.Length);
        named.CopyTo(framed, 4);
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(framed.Length - 4), Crc32(named));
        return framed;
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }

    private static byte[] Wav(ulong choice)
    {
        const int samples = SampleRate / 10;
        var frequency = 220 + (int)(choice % 660);
        var sound = new byte[44 + (samples * 2)];
        "RIFF"u8.CopyTo(sound);
        BinaryPrimitives.WriteInt32LittleEndian(sound.AsSpan(4), sound.Length - 8);
        "WAVEfmt "u8.CopyTo(sound.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(sound.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(sound.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(sound.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(sound.AsSpan(24), SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(sound.AsSpan(28), SampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(sound.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(sound.AsSpan(34), 16);
        "data"u8.CopyTo(sound.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(sound.AsSpan(40), samples * 2);
        for (var sample = 0; sample < samples; sample++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(sound.AsSpan(44 + (sample * 2)), (short)(8000 * Math.Sin(2 * Math.PI * frequency * sample / SampleRate)));
        }

        return sound;
    }
}
