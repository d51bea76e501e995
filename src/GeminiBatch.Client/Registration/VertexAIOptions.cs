namespace GeminiBatch;

/// <summary>How Vertex AI and its bucket are reached. Knows no API key, no inline job and no Files API: those belong to the Developer API.</summary>
public sealed class VertexAIOptions : GeminiServiceOptions
{
    /// <summary>The Google Cloud project; null or blank takes <c>GOOGLE_CLOUD_PROJECT</c>, then the project that the login names (protocol: 5).</summary>
    public string? Project { get; set; }

    /// <summary>Where jobs run: <c>global</c>, a multi-region (<c>us</c>, <c>eu</c>) or a region; null or blank takes <c>GOOGLE_CLOUD_LOCATION</c>, then <c>global</c> (protocol: 3.1).</summary>
    public string? Location { get; set; }

    /// <summary>The bucket for batch files, documents and results, with or without <c>gs://</c>. Needed by <see cref="VertexBackend"/>.</summary>
    public string? Bucket { get; set; }

    /// <summary>The beginning of the names of everything that is put into the bucket; a job's own folder lies below it.</summary>
    public string Prefix { get; set; } = "gemini-batch";

    /// <summary>Whether a missing bucket is created, with uniform access and a rule that deletes what lies below <see cref="Prefix"/> after 30 days.</summary>
    public bool CreateBucket { get; set; }

    /// <summary>
    /// Whether each row also carries its key as the label <c>custom_id</c>, from which a result is joined should the service drop the column <c>key</c>
    /// (protocol: 3.5). Labels show up in billing exports.
    /// </summary>
    public bool LabelRows { get; set; } = true;

    /// <summary>
    /// Whether a document's metadata travels beside its request, as columns <c>gb_…</c> of flat values, and is compared when it comes back (protocol: 3.5). Off, it
    /// stays in the ledger, as it does on the Developer API.
    /// </summary>
    public bool CarryMetadata { get; set; } = true;

    /// <summary>Labels of every job, such as a team's name.</summary>
    public IReadOnlyDictionary<string, string> JobLabels { get; set; } = new Dictionary<string, string>(0);

    /// <summary>Source of OAuth tokens, such as <c>ApplicationDefaultCredentials</c> of GeminiBatch.GoogleAuth; null takes the container's <see cref="IAccessTokenSource"/>.</summary>
    public IAccessTokenSource? AccessTokens { get; set; }

    /// <summary>Base address of Vertex AI; null takes <c>GOOGLE_VERTEX_BASE_URL</c>, then Google's own for the location. Anything but https is taken only on this machine.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Base address of Cloud Storage; null takes <c>STORAGE_EMULATOR_HOST</c>, then <see cref="Endpoint"/> where that is on this machine, then Google's own (protocol: 4).</summary>
    public Uri? StorageEndpoint { get; set; }
}
