using Microsoft.Extensions.Logging;

namespace GeminiBatch;

internal static partial class ClientLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "{Call} answered {Status}")]
    internal static partial void Answered(ILogger logger, string call, int status);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "{Call}: attempt {Attempt} in {Delay} after {Cause}")]
    internal static partial void Repeating(ILogger logger, string call, int attempt, TimeSpan delay, string cause);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Both GOOGLE_API_KEY and GEMINI_API_KEY are set: GOOGLE_API_KEY is used")]
    internal static partial void BothKeysSet(ILogger logger);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Download of {File} broke at byte {Offset}: continuing")]
    internal static partial void DownloadBroke(ILogger logger, string file, long offset);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "Upload continues at byte {Offset} of {Size}")]
    internal static partial void UploadContinues(ILogger logger, long offset, long size);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "MIME type {Refused} was refused: trying {Next}")]
    internal static partial void MimeTypeRefused(ILogger logger, string refused, string next);

    [LoggerMessage(EventId = 7, Level = LogLevel.Information, Message = "{File} is there already and is used again")]
    internal static partial void FileReused(ILogger logger, string file);

    [LoggerMessage(EventId = 8, Level = LogLevel.Information, Message = "The bucket {Bucket} was created in {Location}")]
    internal static partial void BucketCreated(ILogger logger, string bucket, string location);

    [LoggerMessage(EventId = 9, Level = LogLevel.Warning, Message = "The bucket {Bucket} may not be read, so where it lies was not checked: storage.buckets.get is missing")]
    internal static partial void BucketUnchecked(ILogger logger, string bucket);

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message = "The bucket {Bucket} lies in {BucketLocation} and jobs run in {Location}: the service may refuse that, or be slower")]
    internal static partial void BucketElsewhere(ILogger logger, string bucket, string bucketLocation, string location);

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "The login lacks {Permissions} on the bucket {Bucket}: the role Storage Object Admin has them")]
    internal static partial void PermissionsMissing(ILogger logger, string bucket, string permissions);
}
