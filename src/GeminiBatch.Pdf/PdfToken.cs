namespace GeminiBatch;

/// <summary>What a token of a PDF is.</summary>
internal enum PdfToken
{
    /// <summary>A bracket of an array or a dictionary that opens.</summary>
    Open,

    /// <summary>One that closes.</summary>
    Close,

    /// <summary>A name.</summary>
    Name,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Anything else: a text, a fraction, a word.</summary>
    Keyword,
}
