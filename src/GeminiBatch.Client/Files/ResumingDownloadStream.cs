using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace GeminiBatch;

/// <summary>A download that continues by itself where the connection broke.</summary>
internal sealed class ResumingDownloadStream(ApiTransport transport, ApiCall call, string file, GeminiServiceOptions options) : Stream
{
    private const int AlarmSteps = 10;
    private const long NotSet = long.MinValue;

    private HttpResponseMessage? _response;
    private Stream? _body;
    private long _offset;
    private long? _length;
    private bool _rangesMeanWireBytes;
    private int _breaksWithoutProgress;
    private CancellationTokenSource? _alarm;
    private long _alarmSet;
    private Crc32C _checksum;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _offset; set => throw new NotSupportedException(); }

    /// <summary>What the whole content's checksum must be; null when it is not known.</summary>
    internal uint? ExpectedCrc32C { get; init; }

    /// <summary>The clock of the network's own patience, which is real time even where the client's clock is moved.</summary>
    internal TimeProvider Patience { get; init; } = TimeProvider.System;

    /// <summary>Begins the download. A stream that cannot be opened disposes of itself.</summary>
    internal async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ConnectRepeatedlyAsync(cancellationToken).ConfigureAwait(false);
            return this;
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task<bool> ConnectRepeatedlyAsync(CancellationToken cancellationToken) => transport.RepeatAsync(
        call.Name,
        async token =>
        {
            await ConnectAsync(token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            try
            {
                int read = await ReadOnceAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0 && _length is { } length && _offset < length)
                {
                    throw new IOException($"The download of {file} ended after {_offset} of {length} bytes.");
                }

                _offset += read;
                _breaksWithoutProgress = 0;
                Verify(buffer.Span[..read]);
                return read;
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException or TimeoutException)
            {
                if (++_breaksWithoutProgress >= options.MaxAttempts)
                {
                    throw;
                }

                ClientLog.DownloadBroke(transport.Logger, file, _offset);
                await ConnectRepeatedlyAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read this stream asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Disconnect();
        }

        base.Dispose(disposing);
    }

    private void Verify(ReadOnlySpan<byte> read)
    {
        if (ExpectedCrc32C is not { } expected)
        {
            return;
        }

        _checksum.Append(read);
        if (read.IsEmpty && _checksum.Value != expected)
        {
            throw new InvalidDataException($"What was downloaded of {file} has the checksum {Crc32C.ToBase64(_checksum.Value)} instead of {Crc32C.ToBase64(expected)}. Download it again.");
        }
    }

    // A stream that stands still for longer than an attempt may take is broken. The alarm is put off now and then, not with every read, which costs time.
    private async ValueTask<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Stream body = _body ?? throw new ObjectDisposedException(nameof(ResumingDownloadStream));
        if (_alarm!.IsCancellationRequested)
        {
            // It ran out while nobody was reading: the reader took its time, the stream did not stand still.
            _alarm.Dispose();
            SetAlarm();
        }

        CancellationTokenSource alarm = _alarm;
        long now = Patience.GetTimestamp();
        if (_alarmSet == NotSet || Patience.GetElapsedTime(_alarmSet, now) > options.AttemptTimeout / AlarmSteps)
        {
            _alarmSet = now;
            alarm.CancelAfter(options.AttemptTimeout);
        }

        try
        {
            using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), alarm);
            return await body.ReadAsync(buffer, alarm.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"The download of {file} stood still at byte {_offset}.", exception);
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Disconnect();
        bool byRange = _offset > 0 && _rangesMeanWireBytes;
        ApiCall request = byRange ? call with { Headers = [new("Range", $"bytes={_offset}-")], ReadsErrors = true } : call;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.AttemptTimeout);
        try
        {
            HttpResponseMessage response = await transport.SendAsync(request, limit.Token).ConfigureAwait(false);
            _response = response;
            SetAlarm();
            if (byRange && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // The service knows no ranges of this file, or counts differently: begin anew and skip.
                _rangesMeanWireBytes = false;
                throw new IOException($"The service refused to continue the download of {file} at byte {_offset}.");
            }

            if (!response.IsSuccessStatusCode)
            {
                throw await transport.ReadErrorAsync(call, response, limit.Token).ConfigureAwait(false);
            }

            _body = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
            bool continues = response.StatusCode == HttpStatusCode.PartialContent && range?.From == _offset;
            if (response.StatusCode == HttpStatusCode.PartialContent && !continues)
            {
                _rangesMeanWireBytes = false;
                throw new IOException($"The service continued the download of {file} at the wrong byte.");
            }

            if (!continues)
            {
                _length = response.Content.Headers.ContentLength;
                // Without a length a handler may be decompressing, and then offsets here are not the wire's.
                _rangesMeanWireBytes = _length is not null;
                await SkipAsync(_offset, limit).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The download of {file} had no answer in time.", exception);
        }
    }

    [MemberNotNull(nameof(_alarm))]
    private void SetAlarm()
    {
        _alarm = new CancellationTokenSource(Timeout.InfiniteTimeSpan, Patience);
        _alarmSet = NotSet;
    }

    private async Task SkipAsync(long count, CancellationTokenSource limit)
    {
        byte[] buffer = new byte[(int)Math.Min(count, 64 * 1024)];
        while (count > 0)
        {
            limit.CancelAfter(options.AttemptTimeout);
            int read = await _body!.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), limit.Token).ConfigureAwait(false);
            if (read == 0)
            {
                throw new IOException($"The download of {file} is shorter than what was read of it before.");
            }

            count -= read;
        }
    }

    private void Disconnect()
    {
        _body?.Dispose();
        _response?.Dispose();
        _alarm?.Dispose();
        _alarm = null;
        _body = null;
        _response = null;
    }
}
