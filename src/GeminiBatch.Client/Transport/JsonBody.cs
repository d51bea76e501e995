using System.Net.Http.Headers;

namespace GeminiBatch;

internal static class JsonBody
{
    internal static HttpContent Of(byte[] json)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
