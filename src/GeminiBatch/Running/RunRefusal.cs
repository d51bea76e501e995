namespace GeminiBatch;

/// <summary>Why a run was refused.</summary>
public enum RunRefusal
{
    /// <summary>The recipe differs from the one that the run was planned with.</summary>
    RecipeChanged,

    /// <summary>The run belongs to another backend, account or endpoint.</summary>
    BackendChanged,

    /// <summary>The estimate, or the bill so far and the estimate of the rest, passes the cap.</summary>
    CostCap,

    /// <summary>There is a cap, and the catalogue has no price for the model.</summary>
    UnknownPrice,

    /// <summary>The catalogue says that the model is retired.</summary>
    RetiredModel,

    /// <summary>Many rows, or many jobs in a row, ended for one and the same reason: more of them would only cost more.</summary>
    RepeatedFailures,

    /// <summary>Rows would search with Google, which is billed by query, and the user has not agreed to it.</summary>
    SearchConsent,

    /// <summary>Another living program drives the run.</summary>
    InUse,

    /// <summary>There is no run of that name in the ledger.</summary>
    NotFound,

    /// <summary>Planning was interrupted: the run needs its documents again.</summary>
    NotPlanned,

    /// <summary>Another program has planned the run with more documents, another recipe or looser bounds since this handle has planned it.</summary>
    PlanChanged,
}
