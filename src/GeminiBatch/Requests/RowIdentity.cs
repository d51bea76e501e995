using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GeminiBatch;

/// <summary>Computes a row's key from its content and its effective recipe. A released form is never changed: keys are promises.</summary>
/// <remarks>
/// SHA-256 over <c>gemini-batch row 1\n</c>, the recipe's fingerprint, and each part as a tag and length-prefixed fields: text by its UTF-8 bytes,
/// media by its own SHA-256 and media type, wherever they lie, a section by the SHA-256 of what it was cut out of, its pages and media type, an address of
/// unknown content by itself, its generation and its media type, and the metadata's canonical JSON where the model sees it.
/// Ids, times, names, upload addresses and positions are not in it.
/// </remarks>
internal sealed class RowIdentity
{
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);

    public RowKey KeyOf(ReadOnlySpan<byte> recipeFingerprint, IReadOnlyList<SpoolPart> parts, string? metadataJson)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write("gemini-batch row 1\n"u8);
        _buffer.Write(recipeFingerprint);
        foreach (var part in parts)
        {
            switch (part)
            {
                case SpoolPart.Text text:
                    Field('t', text.Utf8.Span);
                    break;
                case SpoolPart.Content { Pages: { } pages } section:
                    Field('s', pages.Source.Bytes.Span);
                    Field('p', string.Create(CultureInfo.InvariantCulture, $"{pages.First}-{pages.Last}"));
                    Field('m', section.MimeType);
                    break;
                case SpoolPart.Content content:
                    Field('c', content.Hash.Bytes.Span);
                    Field('m', content.MimeType);
                    break;
                case SpoolPart.Inline inline:
                    Field('i', SHA256.HashData(inline.Bytes.Span));
                    Field('m', inline.MimeType);
                    break;
                case SpoolPart.Uri { Hash: { } file } known:
                    Field('c', file.Bytes.Span);
                    Field('m', known.MimeType);
                    break;
                case SpoolPart.Uri uri:
                    Field('u', uri.Address);
                    if (uri.Generation is { } generation)
                    {
                        Field('g', generation);
                    }

                    Field('m', uri.MimeType);
                    break;
            }
        }

        if (metadataJson is not null)
        {
            Field('d', metadataJson);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.WrittenSpan, hash);
        return RowKey.FromHash(hash);
    }

    private void Field(char tag, string text) => Field(tag, Encoding.UTF8.GetBytes(text));

    private void Field(char tag, ReadOnlySpan<byte> bytes)
    {
        var header = _buffer.GetSpan(9);
        header[0] = (byte)tag;
        BinaryPrimitives.WriteInt64LittleEndian(header[1..], bytes.Length);
        _buffer.Advance(9);
        _buffer.Write(bytes);
    }
}
