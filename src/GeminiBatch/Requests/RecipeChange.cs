namespace GeminiBatch;

/// <summary>What happens when a run is opened with another recipe than it was planned with.</summary>
public enum RecipeChange
{
    /// <summary>The run is refused with the difference, the number of rows and the price. The default.</summary>
    Refuse,

    /// <summary>The stored recipe stays: nothing is asked again, and new documents are asked as the others were.</summary>
    Keep,

    /// <summary>
    /// The documents are extracted again under the new recipe, and paid for again; older results are kept as superseded. Documents in sections are cut by the limits
    /// of today, also under the same recipe; otherwise answered ones stay as they were cut. What the catalogue added to a request when it was planned, thinking and
    /// the schema's place, is no change and stays: set it in the request to change it.
    /// </summary>
    ExtractAgain,
}
