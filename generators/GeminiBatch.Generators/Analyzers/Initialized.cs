using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GeminiBatch.Generators;

/// <summary>What an object expression sets, as far as it stands in the source: its own initializer, also of a local that holds it.</summary>
internal sealed class Initialized
{
    private readonly Dictionary<string, IOperation> _members = new(StringComparer.Ordinal);

    private Initialized(IOperation operation, IObjectOrCollectionInitializerOperation? initializer)
    {
        Operation = operation;
        foreach (var assignment in initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [])
        {
            if (assignment.Target is IPropertyReferenceOperation { Property.Name: var name })
            {
                _members[name] = assignment;
            }
        }
    }

    public IOperation Operation { get; }

    /// <summary>The object that an operation makes, when it is of this type of the library.</summary>
    public static Initialized? Of(IOperation? operation, string type) => Resolve(operation) switch
    {
        IObjectCreationOperation creation when IsOurs(creation.Type, type) => new(creation, creation.Initializer),
        IWithOperation with when IsOurs(with.Type, type) => new(with, with.Initializer),
        _ => null,
    };

    /// <summary>The whole assignment of a member.</summary>
    public IOperation? Assignment(string member) => _members.TryGetValue(member, out var assignment) ? assignment : null;

    public IOperation? Value(string member) => (Assignment(member) as ISimpleAssignmentOperation)?.Value;

    public object? Constant(string member) => ConstantOf(Value(member)).Value;

    public static bool IsOurs(ITypeSymbol? type, string name) => KnownTypes.Is(type, "GeminiBatch." + name);

    /// <summary>A value and what it is converted from.</summary>
    public static IEnumerable<IOperation> Chain(IOperation? operation)
    {
        for (; operation is not null; operation = (operation as IConversionOperation)?.Operand)
        {
            yield return operation;
        }
    }

    /// <summary>The constant that an operation is or converts. A local that is none may have been assigned again.</summary>
    public static Optional<object?> ConstantOf(IOperation? operation) =>
        Chain(operation).Select(static step => step.ConstantValue).FirstOrDefault(static constant => constant.HasValue);

    /// <summary>Goes through conversions, and from a local to what it was declared with.</summary>
    public static IOperation? Resolve(IOperation? operation)
    {
        var value = Chain(operation).LastOrDefault();
        if (value is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: { Length: 1 } references }
            && references[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initializer } && initializer.SyntaxTree == value.Syntax.SyntaxTree)
        {
            return Chain(value.SemanticModel?.GetOperation(initializer)).LastOrDefault();
        }

        return value;
    }
}
