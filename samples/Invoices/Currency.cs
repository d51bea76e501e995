using System.ComponentModel;
using GeminiBatch;

namespace Invoices;

/// <summary>A currency, by its ISO 4217 code.</summary>
public enum Currency
{
    /// <summary>Euro.</summary>
    [Description("Euro"), Aliases("€", "Euro")]
    EUR,

    /// <summary>US dollar.</summary>
    [Description("US dollar, also a bare $"), Aliases("$", "US$")]
    USD,

    /// <summary>Pound sterling.</summary>
    [Description("Pound sterling"), Aliases("£")]
    GBP,

    /// <summary>Swiss franc.</summary>
    [Description("Swiss franc"), Aliases("Fr.", "SFr.")]
    CHF,

    /// <summary>Swedish krona.</summary>
    [Description("Swedish krona: kr on a Swedish invoice"), Aliases("kr")]
    SEK,

    /// <summary>Norwegian krone.</summary>
    [Description("Norwegian krone: kr on a Norwegian invoice")]
    NOK,

    /// <summary>Polish złoty.</summary>
    [Description("Polish złoty"), Aliases("zł")]
    PLN,

    /// <summary>Czech koruna.</summary>
    [Description("Czech koruna"), Aliases("Kč")]
    CZK,

    /// <summary>Canadian dollar.</summary>
    [Description("Canadian dollar"), Aliases("CA$", "C$")]
    CAD,
}
