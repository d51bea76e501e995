namespace GeminiBatch;

/// <summary>The calls that the emulator tells apart.</summary>
public enum EmulatedOperation
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>POST upload/v1beta/files with command start. Its name is the file id asked for, else its display name.</summary>
    StartUpload,

    /// <summary>POST of bytes to an upload session. Its name is that of the start.</summary>
    UploadChunk,

    /// <summary>POST with command query to an upload session.</summary>
    QueryUpload,

    /// <summary>GET v1beta/files/{id}. Its name is the file id.</summary>
    GetFile,

    /// <summary>GET v1beta/files. It has no name.</summary>
    ListFiles,

    /// <summary>DELETE v1beta/files/{id}.</summary>
    DeleteFile,

    /// <summary>GET of …/files/{id}:download. The name of a result file is its job's display name.</summary>
    DownloadFile,

    /// <summary>POST {model}:batchGenerateContent. Its name is the job's display name.</summary>
    CreateBatch,

    /// <summary>POST {model}:asyncBatchEmbedContent. Its name is the job's display name.</summary>
    CreateEmbeddingBatch,

    /// <summary>GET v1beta/batches/{id}. Its name is the job's display name.</summary>
    GetBatch,

    /// <summary>GET v1beta/batches. It has no name.</summary>
    ListBatches,

    /// <summary>POST v1beta/batches/{id}:cancel. Its name is the job's display name.</summary>
    CancelBatch,

    /// <summary>DELETE v1beta/batches/{id}. Its name is the job's display name.</summary>
    DeleteBatch,

    /// <summary>POST {model}:generateContent. Its name is the model id.</summary>
    GenerateContent,

    /// <summary>POST {model}:countTokens. Its name is the model id.</summary>
    CountTokens,

    /// <summary>GET v1beta/models/{id}. Its name is the model id.</summary>
    GetModel,

    /// <summary>GET v1beta/models. It has no name.</summary>
    ListModels,
}
