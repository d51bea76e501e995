namespace GeminiBatch;

/// <summary>The calls that the emulator tells apart.</summary>
public enum EmulatedOperation
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>POST upload/v1beta/files with command start. Its name is the file id asked for, else its display name; on Cloud Storage, the object's name.</summary>
    StartUpload,

    /// <summary>POST of bytes to an upload session, of a file or straight into a store. Its name is that of the start.</summary>
    UploadChunk,

    /// <summary>POST with command query to an upload session.</summary>
    QueryUpload,

    /// <summary>GET v1beta/files/{id}. Its name is the file id. On Cloud Storage: an object's metadata, by the object's name.</summary>
    GetFile,

    /// <summary>GET v1beta/files. It has no name. On Cloud Storage: a list of objects, by the prefix asked for.</summary>
    ListFiles,

    /// <summary>DELETE v1beta/files/{id}, or of an object.</summary>
    DeleteFile,

    /// <summary>GET of …/files/{id}:download, or of an object with alt=media. The name of a result file is its job's display name.</summary>
    DownloadFile,

    /// <summary>POST {model}:batchGenerateContent, or POST of a batchPredictionJob. Its name is the job's display name.</summary>
    CreateBatch,

    /// <summary>POST {model}:asyncBatchEmbedContent. Its name is the job's display name.</summary>
    CreateEmbeddingBatch,

    /// <summary>GET v1beta/batches/{id}, or of a batchPredictionJob. Its name is the job's display name.</summary>
    GetBatch,

    /// <summary>GET v1beta/batches, or of batchPredictionJobs. It has no name.</summary>
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

    /// <summary>POST of an object as a whole, simple or multipart. Its name is the object's.</summary>
    UploadObject,

    /// <summary>GET of a bucket. Its name is the bucket's.</summary>
    GetBucket,

    /// <summary>POST of a bucket. Its name is the bucket's.</summary>
    CreateBucket,

    /// <summary>GET of a project's buckets. It has no name.</summary>
    ListBuckets,

    /// <summary>GET of what one may do with a bucket. Its name is the bucket's.</summary>
    TestPermissions,

    /// <summary>Any exchange of credentials for an access token. Its name is the grant type, "impersonation" or "metadata".</summary>
    GetToken,

    /// <summary>POST {model}:embedContent or :batchEmbedContents. Its name is the model id.</summary>
    EmbedContent,

    /// <summary>POST v1beta/fileSearchStores. Its name is the store's display name, as in all operations on stores.</summary>
    CreateStore,

    /// <summary>GET v1beta/fileSearchStores/{id}.</summary>
    GetStore,

    /// <summary>GET v1beta/fileSearchStores. It has no name.</summary>
    ListStores,

    /// <summary>DELETE v1beta/fileSearchStores/{id}.</summary>
    DeleteStore,

    /// <summary>POST {store}:importFile. An upload straight into a store is one of <see cref="UploadChunk"/> to its end.</summary>
    ImportFile,

    /// <summary>GET of a store's operation.</summary>
    GetOperation,

    /// <summary>GET of a store's documents.</summary>
    ListDocuments,

    /// <summary>PATCH v1beta/batches/{id}:updateGenerateContentBatch or :updateEmbedContentBatch. Its name is the job's display name.</summary>
    UpdateBatch,

    /// <summary>POST v1beta/files:register. It has no name.</summary>
    RegisterFiles,

    /// <summary>POST, GET, PATCH or DELETE below v1beta/webhooks. Its name is the webhook's id.</summary>
    ManageWebhooks,
}
