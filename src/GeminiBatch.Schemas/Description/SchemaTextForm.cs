namespace GeminiBatch;

/// <summary>A form that a text must have, by the rules of the attribute of that name in System.ComponentModel.DataAnnotations.</summary>
public enum SchemaTextForm
{
    /// <summary>Any text.</summary>
    Any,

    /// <summary>One <c>@</c>, neither first nor last.</summary>
    EmailAddress,

    /// <summary>An address that starts with <c>http://</c>, <c>https://</c> or <c>ftp://</c>.</summary>
    Url,

    /// <summary>A telephone number: digits and the marks that part them.</summary>
    Phone,

    /// <summary>Digits with a valid check digit.</summary>
    CreditCard,

    /// <summary>Base64.</summary>
    Base64,
}
