using System.IO.Enumeration;

namespace GeminiBatch.Emulator;

/// <summary>Counts the attempts of every logical call and says which faults strike.</summary>
internal sealed class FaultPlan(IReadOnlyList<EmulatedFault> faults)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(EmulatedOperation, string, string), int> attempts = [];

    /// <summary>The next attempt at this operation and name. Kinds that wait for a condition of their own are asked for by <see cref="StrikesOn"/>.</summary>
    public IReadOnlyList<EmulatedFault> Next(EmulatedOperation operation, string name)
    {
        if (faults.Count == 0)
        {
            return [];
        }

        var attempt = Count((operation, name, ""));
        return [.. faults.Where(fault => fault.Kind != EmulatedFaultKind.WithholdOutput && Matches(fault, operation, name, attempt))];
    }

    /// <summary>The next time that a fault of this kind could strike this operation and name, e.g. each poll of a job that has succeeded.</summary>
    public bool StrikesOn(EmulatedFaultKind kind, EmulatedOperation operation, string name)
    {
        if (!faults.Any(fault => fault.Kind == kind))
        {
            return false;
        }

        var attempt = Count((operation, name, kind.ToString()));
        return faults.Any(fault => fault.Kind == kind && Matches(fault, operation, name, attempt));
    }

    // A list has no name; the expression matcher takes no empty one.
    private static bool Matches(EmulatedFault fault, EmulatedOperation operation, string name, int attempt) =>
        fault.Operation == operation
        && attempt >= fault.Attempt
        && attempt < fault.Attempt + (long)fault.Times
        && (fault.NamePattern == "*" || FileSystemName.MatchesSimpleExpression(fault.NamePattern, name, ignoreCase: false));

    private int Count((EmulatedOperation, string, string) key)
    {
        lock (gate)
        {
            return attempts[key] = attempts.GetValueOrDefault(key) + 1;
        }
    }
}
