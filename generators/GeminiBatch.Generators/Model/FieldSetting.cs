namespace GeminiBatch.Generators;

/// <summary>How a field's value gets into a new object.</summary>
internal enum FieldSetting
{
    /// <summary>As a constructor argument.</summary>
    Constructor,

    /// <summary>As a constructor argument, and again in the object initializer because the member is required and the constructor does not say that it sets it.</summary>
    ConstructorAndInitializer,

    /// <summary>In the object initializer.</summary>
    Initializer,

    /// <summary>By its setter, only when the answer has it.</summary>
    Setter,

    /// <summary>By its init accessor, only when the answer has it.</summary>
    UnsafeAccessor,

    /// <summary>By a with expression, only when the answer has it: an init accessor of a generic record, which no accessor outside can call.</summary>
    With,
}
