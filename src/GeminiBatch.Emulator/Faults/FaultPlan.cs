using System.IO.Enumeration;

namespace GeminiBatch.Emulator;

/// <summary>Counts the attempts of every logical call and says which faults strike.</summary>
internal sealed class FaultPlan(IReadOnlyList<EmulatedFault> faults, AttemptLog attempts)
{
    /// <summary>The next attempt at this operation and name. Kinds that wait for a condition of their own are asked for by <see cref="StrikesOn"/>.</summary>
    public IReadOnlyList<EmulatedFault> Next(EmulatedOperation operation, string name)
    {
        var possible = faults.Where(fault => fault.Kind != EmulatedFaultKind.WithholdOutput && IsAbout(fault, operation, name)).ToList();
        if (possible.Count == 0)
        {
            return [];
        }

        var attempt = attempts.Next(operation, name, "");
        return [.. possible.Where(fault => Strikes(fault, attempt))];
    }

    /// <summary>The next time that a fault of this kind could strike this operation and name, e.g. each poll of a job that has succeeded.</summary>
    public bool StrikesOn(EmulatedFaultKind kind, EmulatedOperation operation, string name)
    {
        var possible = faults.Where(fault => fault.Kind == kind && IsAbout(fault, operation, name)).ToList();
        if (possible.Count == 0)
        {
            return false;
        }

        var attempt = attempts.Next(operation, name, kind.ToString());
        return possible.Any(fault => Strikes(fault, attempt));
    }

    // A list has no name; the expression matcher takes no empty one.
    private static bool IsAbout(EmulatedFault fault, EmulatedOperation operation, string name) =>
        fault.Operation == operation
        && (fault.NamePattern == "*" || FileSystemName.MatchesSimpleExpression(fault.NamePattern, name, ignoreCase: false));

    private static bool Strikes(EmulatedFault fault, int attempt) => attempt >= fault.Attempt && attempt < fault.Attempt + (long)fault.Times;
}
