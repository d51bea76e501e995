namespace GeminiBatch.Emulator;

/// <summary>Paths of Vertex AI, v1 and v1beta1 alike (protocol: 3.1, 3.2).</summary>
internal sealed class VertexRouter(VertexJobsEndpoint jobs, ModelsEndpoint models)
{
    /// <summary>Null where the path is not Vertex AI's.</summary>
    public Task<ApiReply>? Route(ApiCall call)
    {
        string[] segments = call.Segments;
        if (segments is not ["v1" or "v1beta1", "projects", var project, "locations", var location, .. var rest])
        {
            return null;
        }

        call.AuthenticateBearer(isRequired: true);
        call.ActIn(project);
        var path = new VertexPath(project, location);
        var (last, verb) = rest.Length == 0 ? ("", "") : SplitVerb(rest[^1]);
        return (call.Request.Method, rest) switch
        {
            ("POST", ["batchPredictionJobs"]) => jobs.CreateAsync(call, path),
            ("GET", ["batchPredictionJobs"]) => jobs.ListAsync(call, path),
            ("GET", ["batchPredictionJobs", var id]) => jobs.GetAsync(call, path, id),
            ("POST", ["batchPredictionJobs", _]) when verb == "cancel" => jobs.CancelAsync(call, path, last),
            ("DELETE", ["batchPredictionJobs", var id]) => jobs.DeleteAsync(call, path, id),
            ("POST", ["publishers", "google", "models", _]) when verb == "generateContent" => models.GenerateAsync(call, last, path),
            ("POST", ["publishers", "google", "models", _]) when verb == "countTokens" => models.CountAsync(call, last, path),
            _ => throw ApiException.NotFound(),
        };
    }

    private static (string Id, string Verb) SplitVerb(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon < 0 ? (name, "") : (name[..colon], name[(colon + 1)..]);
    }
}
