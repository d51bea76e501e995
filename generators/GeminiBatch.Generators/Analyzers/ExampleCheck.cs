using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace GeminiBatch.Generators;

/// <summary>Holds one example's answer against its schema. What is no constant is left to the check at run time.</summary>
internal sealed class ExampleCheck(OperationAnalysisContext context, IReadOnlyList<TypeModel> types)
{
    private static readonly TimeSpan s_patternLimit = TimeSpan.FromMilliseconds(250);

    public void Root(IOperation answer)
    {
        if (types.Count > 0)
        {
            Value(answer, 0, types[0].Name.Length > 0 ? types[0].Name : "The answer", isNullable: false, field: null);
        }
    }

    private void Value(IOperation operation, int index, string name, bool isNullable, FieldModel? field)
    {
        var type = types[index];
        var value = Initialized.Resolve(operation);
        if (Initialized.ConstantOf(operation) is { HasValue: true } constant)
        {
            Scalar(operation, type, name, isNullable, field, constant.Value);
        }
        else if (type.Kind == SchemaKind.Union)
        {
            var option = type.Cases.FirstOrDefault(option => types[option.Type].CSharpName == NameOf(value));
            Members(value, option is null ? null : types[option.Type]);
        }
        else if (type.Kind == SchemaKind.Object)
        {
            Members(value, type.CSharpName == NameOf(value) ? type : null);
        }
        else if (type.ItemType >= 0 && Items(value) is { } items)
        {
            Length(operation, name, field, items.Count, "items");
            foreach (var item in items.Where(_ => type.KeyType < 0))
            {
                Value(item, type.ItemType, $"an item of {name}", type.ItemNullable, field: null);
            }
        }
    }

    private void Members(IOperation? value, TypeModel? type)
    {
        if (type is null)
        {
            return;
        }

        var arguments = value is IObjectCreationOperation creation ? creation.Arguments.Where(static argument => argument.ArgumentKind == ArgumentKind.Explicit).ToList() : [];
        var initializer = value switch
        {
            IObjectCreationOperation made => made.Initializer,
            IWithOperation with => with.Initializer,
            _ => null,
        };
        var assigned = (initializer?.Initializers ?? []).OfType<ISimpleAssignmentOperation>().ToLookup(static assignment => (assignment.Target as IPropertyReferenceOperation)?.Property.Name);
        foreach (var field in type.Fields)
        {
            var given = assigned[field.MemberName].FirstOrDefault()?.Value
                ?? arguments.FirstOrDefault(argument => string.Equals(argument.Parameter?.Name, field.MemberName, StringComparison.OrdinalIgnoreCase))?.Value;
            if (given is not null)
            {
                Value(given, field.Type, $"'{field.MemberName}'", field.Nullable, field);
            }
            else if (value is IObjectCreationOperation && field is { Setting: FieldSetting.Initializer, Nullable: false } && !types[field.Type].IsValueType)
            {
                Report(value, $"'{field.MemberName}'", "null", "a value");
            }
        }
    }

    private void Scalar(IOperation operation, TypeModel type, string name, bool isNullable, FieldModel? field, object? value)
    {
        if (value is null)
        {
            if (!isNullable && type.Kind != SchemaKind.Any && operation.Type?.IsValueType != true)
            {
                Report(operation, name, "null", "a value");
            }

            return;
        }

        var declared = type.Kind == SchemaKind.Enum ? Initialized.Chain(operation).Select(static step => step.Type).FirstOrDefault(static step => step?.TypeKind == TypeKind.Enum) : null;
        if (declared is not null && DefaultValues.Json(value, declared) is null)
        {
            Report(operation, name, Text(value), "a declared value");
            return;
        }

        if (field is null || field.Constraints.IsEmpty)
        {
            return;
        }

        var rule = field.Constraints;
        if (value is string text)
        {
            Length(operation, name, field, text.Length, "characters");
            if (rule.Pattern is { } pattern && text.Length > 0 && !Matches(text, pattern))
            {
                Report(operation, name, Text(value), "a text that matches " + pattern);
            }
        }
        else if (Number(value) is { } number && (Breaks(number, rule.Minimum, rule.MinimumIsExclusive, sign: 1) || Breaks(number, rule.Maximum, rule.MaximumIsExclusive, sign: -1)))
        {
            Report(operation, name, Text(value), RuleWords.Range(DescriptorBuilder.Build(field)));
        }

        var json = DefaultValues.Json(value, declared ?? operation.Type!);
        if (rule.Allowed.Count > 0 && !rule.Allowed.Any(allowed => IsSame(allowed, json)))
        {
            Report(operation, name, Text(value), "one of " + RuleWords.List(rule.Allowed));
        }
        else if (rule.Denied.Any(denied => IsSame(denied, json)))
        {
            Report(operation, name, Text(value), "none of " + RuleWords.List(rule.Denied));
        }
    }

    private void Length(IOperation operation, string name, FieldModel? field, int length, string unit)
    {
        if (field is not null && (length < field.Constraints.MinLength || length > field.Constraints.MaxLength))
        {
            Report(operation, name, FormattableString.Invariant($"{length} {unit} long"), RuleWords.Length(DescriptorBuilder.Build(field), unit));
        }
    }

    private static bool Breaks(decimal number, string? bound, bool isExclusive, int sign) =>
        Number(bound) is { } limit && (number.CompareTo(limit) * sign < 0 || (isExclusive && number == limit));

    private static bool IsSame(string rule, string? json) => rule == json || (Number(rule) is { } number && Number(json) == number);

    private static bool Matches(string text, string pattern)
    {
        try
        {
            var match = Regex.Match(text, pattern, RegexOptions.CultureInvariant, s_patternLimit);
            return match.Success && match.Index == 0 && match.Length == text.Length;
        }
        catch (Exception exception) when (exception is RegexMatchTimeoutException or ArgumentException)
        {
            return true;
        }
    }

    private static decimal? Number(object? value) => value is not (null or bool or char)
        && decimal.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? NameOf(IOperation? value) => value?.Type is { } type ? TypeNames.Plain(type) : null;

    /// <summary>The items of a list that stands in the source; null where their number is not known.</summary>
    private static IReadOnlyList<IOperation>? Items(IOperation? list) => list switch
    {
        ICollectionExpressionOperation expression when !expression.Elements.Any(static element => element is ISpreadOperation) => expression.Elements,
        IArrayCreationOperation { Initializer: { } array } => array.ElementValues,
        IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: var initializer } when initializer?.Initializers.All(static item => item is IInvocationOperation { Arguments.Length: 1 }) != false =>
            [.. initializer?.Initializers.OfType<IInvocationOperation>().Select(static add => add.Arguments[0].Value) ?? []],
        _ => null,
    };

    private static string Text(object value) => value is string text ? $"\"{text}\"" : Convert.ToString(value, CultureInfo.InvariantCulture);

    private void Report(IOperation place, string name, string found, string expected)
    {
        var location = place.Syntax.SyntaxTree == context.Operation.Syntax.SyntaxTree ? place.Syntax.GetLocation() : context.Operation.Syntax.GetLocation();
        context.ReportDiagnostic(Diagnostic.Create(UsageRules.BadExample, location, name, found, expected));
    }
}
