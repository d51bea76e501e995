using Google.Apis.Http;

namespace GeminiBatch.GoogleAuth.Tests;

/// <summary>Sends to the loopback what Google's library sends to an address that it does not let be changed, and keeps that address.</summary>
internal sealed class TokenRedirect(Uri target) : HttpClientFactory
{
    public List<Uri> Asked { get; } = [];

    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => new Handler(this);

    private sealed class Handler(TokenRedirect redirect) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            redirect.Asked.Add(request.RequestUri!);
            request.RequestUri = redirect.Target;
            return base.SendAsync(request, cancellationToken);
        }
    }

    private Uri Target { get; } = target;
}
