namespace GeminiBatch.Generators;

/// <summary>How a field's value gets into a new object.</summary>
internal enum FieldSetting
{
    /// <summary>As a constructor argument.</summary>
    Constructor,

    /// <summary>In the object initializer.</summary>
    Initializer,

    /// <summary>By its setter, only when the answer has it.</summary>
    Setter,

    /// <summary>By its init accessor, only when the answer has it.</summary>
    UnsafeAccessor,
}
