namespace GeminiBatch;

/// <summary>Every rule that rows are checked by. Ids never change.</summary>
public static class RequestRules
{
    internal static readonly RequestRule FileEmpty = new("file-empty", RuleSeverity.Error, RuleSeverity.Error, "A job needs at least one row.", "Write one row a line.");
    internal static readonly RequestRule FileTooLarge = new("file-too-large", RuleSeverity.Error, RuleSeverity.Error, "A batch file has at most 2 GB on the Developer API and 1 GB on Vertex AI (protocol: 3.6, 9.2).", "Split the file.");
    internal static readonly RequestRule TooManyRows = new("too-many-rows", RuleSeverity.Error, RuleSeverity.Error, "Vertex AI takes at most 200,000 rows of generation in a job, and 1,000,000 of embedding (protocol: 3.6).", "Split the file.");
    internal static readonly RequestRule ByteOrderMark = new("byte-order-mark", RuleSeverity.Error, RuleSeverity.Error, "The first row begins with a byte order mark and so is no JSON.", "Save the file as UTF-8 without one.");
    internal static readonly RequestRule CarriageReturn = new("carriage-return", RuleSeverity.Notice, RuleSeverity.Notice, "A line ends in a carriage return, which is white space to the service.", "Write lines that end in a line feed alone.");
    internal static readonly RequestRule BlankLine = new("blank-line", RuleSeverity.Error, RuleSeverity.Error, "What the service does with a blank line is not known (protocol: 2.1).", "Remove it.");
    internal static readonly RequestRule NotUtf8 = new("not-utf8", RuleSeverity.Error, RuleSeverity.Error, "The service reads UTF-8.", "Convert the file to UTF-8.");
    internal static readonly RequestRule JsonInvalid = new("json-invalid", RuleSeverity.Error, RuleSeverity.Error, "A malformed line makes the Developer API refuse the whole file (protocol: 2.4).", "Write one JSON object, and nothing else, on each line.");
    internal static readonly RequestRule RowNotObject = new("row-not-object", RuleSeverity.Error, RuleSeverity.Error, "A row is an object with a key and a request (protocol: 2.1, 3.5).", "Write {\"key\":…,\"request\":{…}}.");
    internal static readonly RequestRule RowUnchecked = new("row-unchecked", RuleSeverity.Warning, RuleSeverity.Warning, "A row of more than 1,000,000 JSON values is checked for being JSON, and for nothing else.", "Write large data as a text, or into a file that the row refers to.");
    internal static readonly RequestRule MemberDuplicate = new("member-duplicate", RuleSeverity.Warning, RuleSeverity.Warning, "Of two members of one name only one is read.", "Remove one.");
    internal static readonly RequestRule KeyMissing = new("key-missing", RuleSeverity.Error, RuleSeverity.Notice, "Results are joined by key and come in any order (protocol: 2.2; 10, no. 2). Vertex AI takes rows without one.", "Give each row a text \"key\" of its own.");
    internal static readonly RequestRule KeyNotText = new("key-not-text", RuleSeverity.Error, RuleSeverity.Warning, "The service writes keys as text (protocol: 2.1).", "Write the key as a text.");
    internal static readonly RequestRule KeyEmpty = new("key-empty", RuleSeverity.Error, RuleSeverity.Warning, "An empty key joins nothing.", "Give each row a text \"key\" of its own.");
    internal static readonly RequestRule KeyDuplicate = new("key-duplicate", RuleSeverity.Error, RuleSeverity.Error, "Two rows of one key cannot be told apart in the results (protocol: 2.2).", "Give each row a key of its own, or leave the second row out.");
    internal static readonly RequestRule ConfigBesideRequest = new("config-beside-request", RuleSeverity.Error, RuleSeverity.Error, "A \"config\" beside the request is a word of the SDKs: it is ignored in files (protocol: 10, no. 9).", "Put its members into request.generationConfig, tools and the like into the request.");
    internal static readonly RequestRule RowMemberUnknown = new("row-member-unknown", RuleSeverity.Warning, RuleSeverity.Off, "The Developer API knows a key and a request; Vertex AI gives other columns back (protocol: 2.1, 3.5).", "Keep what belongs to the row beside the file, under its key.");
    internal static readonly RequestRule ColumnNested = new("column-nested", RuleSeverity.Off, RuleSeverity.Error, "Nested columns fail the whole job on Vertex AI (protocol: 10, no. 24).", "Write a flat value, or the nested one as a JSON text.");
    internal static readonly RequestRule ColumnArray = new("column-array", RuleSeverity.Off, RuleSeverity.Warning, "Lists in columns come back empty (protocol: 10, no. 30).", "Write the list as a JSON text.");
    internal static readonly RequestRule ColumnName = new("column-name", RuleSeverity.Off, RuleSeverity.Warning, "Vertex AI stages rows in BigQuery, whose columns have letters, digits and underscores and begin with no digit (protocol: 3.5).", "Rename the column.");
    internal static readonly RequestRule ColumnReserved = new("column-reserved", RuleSeverity.Off, RuleSeverity.Error, "The results have columns of this name themselves (protocol: 3.7).", "Rename the column.");
    internal static readonly RequestRule ColumnTypesMixed = new("column-types-mixed", RuleSeverity.Off, RuleSeverity.Warning, "A column has one type: mixed ones can break the import (protocol: 3.7).", "Write the values of a column alike in every row.");
    internal static readonly RequestRule RequestMissing = new("request-missing", RuleSeverity.Error, RuleSeverity.Error, "A row without a request asks nothing (protocol: 2.1).", "Write {\"key\":…,\"request\":{\"contents\":[…]}}.");
    internal static readonly RequestRule RequestNotObject = new("request-not-object", RuleSeverity.Error, RuleSeverity.Error, "The request is the object of a generateContent call (protocol: 2.1).", "Write {\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":…}]}]}.");
    internal static readonly RequestRule FieldUnknown = new("field-unknown", RuleSeverity.Error, RuleSeverity.Warning, "The Developer API refuses the whole file for a field that it does not know (protocol: 2.4).", "Remove it, or correct its name.");
    internal static readonly RequestRule FieldMisplaced = new("field-misplaced", RuleSeverity.Error, RuleSeverity.Error, "The field belongs elsewhere: settings inside generationConfig, all else in the request itself (protocol: 1.3; 10, no. 9).", "Move it.");
    internal static readonly RequestRule FieldKind = new("field-kind", RuleSeverity.Error, RuleSeverity.Error, "A value of the wrong JSON kind is refused (protocol: 2.4).", "Write a value of the right kind.");
    internal static readonly RequestRule EnumUnknown = new("enum-unknown", RuleSeverity.Warning, RuleSeverity.Warning, "The value is none of those that are documented (protocol: 6).", "Check the spelling.");
    internal static readonly RequestRule EmptyObject = new("empty-object", RuleSeverity.Off, RuleSeverity.Error, "Vertex AI cannot store an object without members, and one such row fails the whole job (protocol: 10, no. 23).", "Give it a member, such as \"timeRangeFilter\":null for googleSearch, or leave it out.");
    internal static readonly RequestRule ContentsMissing = new("contents-missing", RuleSeverity.Error, RuleSeverity.Error, "A request needs contents (protocol: 2.1).", "Write \"contents\":[{\"role\":\"user\",\"parts\":[…]}].");
    internal static readonly RequestRule ContentsEmpty = new("contents-empty", RuleSeverity.Error, RuleSeverity.Error, "A request needs at least one content.", "Write \"contents\":[{\"role\":\"user\",\"parts\":[…]}].");
    internal static readonly RequestRule ContentsNotArray = new("contents-not-array", RuleSeverity.Error, RuleSeverity.Warning, "Contents are a list of turns.", "Write \"contents\":[…].");
    internal static readonly RequestRule ContentNotObject = new("content-not-object", RuleSeverity.Error, RuleSeverity.Error, "A content is an object with a role and parts.", "Write {\"role\":\"user\",\"parts\":[…]}.");
    internal static readonly RequestRule PartsMissing = new("parts-missing", RuleSeverity.Error, RuleSeverity.Error, "A content needs parts.", "Write \"parts\":[{\"text\":…}].");
    internal static readonly RequestRule PartsNotArray = new("parts-not-array", RuleSeverity.Error, RuleSeverity.Notice, "Parts are a list; the batch import of Vertex AI takes an object too (protocol: 3.5).", "Write \"parts\":[…].");
    internal static readonly RequestRule PartsEmpty = new("parts-empty", RuleSeverity.Error, RuleSeverity.Error, "A content needs at least one part.", "Write \"parts\":[{\"text\":…}].");
    internal static readonly RequestRule PartNotObject = new("part-not-object", RuleSeverity.Error, RuleSeverity.Error, "A part is an object.", "Write {\"text\":…}.");
    internal static readonly RequestRule PartEmpty = new("part-empty", RuleSeverity.Error, RuleSeverity.Error, "A part says nothing.", "Give it a text, fileData or inlineData.");
    internal static readonly RequestRule PartAmbiguous = new("part-ambiguous", RuleSeverity.Error, RuleSeverity.Error, "A part is one of text, fileData, inlineData and the like (protocol: 6).", "Make a part of each.");
    internal static readonly RequestRule TextBlank = new("text-blank", RuleSeverity.Warning, RuleSeverity.Warning, "The text is empty.", "Leave the part out.");
    internal static readonly RequestRule RoleUnknown = new("role-unknown", RuleSeverity.Error, RuleSeverity.Error, "Roles are user and model: another one fails the row (protocol: 3.5).", "Write \"user\" or \"model\".");
    internal static readonly RequestRule RoleMissing = new("role-missing", RuleSeverity.Notice, RuleSeverity.Notice, "With several turns it should be said who speaks; the service takes user (protocol: 2.1).", "Write \"role\":\"user\" or \"role\":\"model\".");
    internal static readonly RequestRule RoleFirst = new("role-first", RuleSeverity.Warning, RuleSeverity.Warning, "A conversation begins with the user.", "Put a user's turn first.");
    internal static readonly RequestRule RoleLast = new("role-last", RuleSeverity.Warning, RuleSeverity.Warning, "Newer models refuse a request whose last turn is the model's (protocol: 8).", "End with a user's turn.");
    internal static readonly RequestRule FileUriMissing = new("file-uri-missing", RuleSeverity.Error, RuleSeverity.Error, "fileData needs a fileUri.", "Write {\"fileData\":{\"fileUri\":…,\"mimeType\":…}}.");
    internal static readonly RequestRule FileUriScheme = new("file-uri-scheme", RuleSeverity.Error, RuleSeverity.Error, "The Developer API reads https:// addresses and files of the Files API, Vertex AI gs:// and public https:// addresses (protocol: 1.6, 3.5).", "Bring the file to where the backend reads it.");
    internal static readonly RequestRule FileUriForeign = new("file-uri-foreign", RuleSeverity.Off, RuleSeverity.Error, "Vertex AI has no Files API (protocol: 3.5).", "Put the file into a bucket and give its gs:// address.");
    internal static readonly RequestRule FileUriEscaped = new("file-uri-escaped", RuleSeverity.Warning, RuleSeverity.Warning, "A gs:// address is not escaped (protocol: 4).", "Write the object's name as it is.");
    internal static readonly RequestRule FileMimeMissing = new("file-mime-missing", RuleSeverity.Warning, RuleSeverity.Error, "A file part names its media type (protocol: 1.6).", "Add \"mimeType\".");
    internal static readonly RequestRule InlineDataMissing = new("inline-data-missing", RuleSeverity.Error, RuleSeverity.Error, "inlineData needs a mimeType and data.", "Write {\"inlineData\":{\"mimeType\":…,\"data\":…}}.");
    internal static readonly RequestRule InlineDataLarge = new("inline-data-large", RuleSeverity.Warning, RuleSeverity.Warning, "Bytes inside a row grow by a third and are sent again with each retry.", "Upload the file and refer to it.");
    internal static readonly RequestRule SystemInstructionKind = new("system-instruction-kind", RuleSeverity.Error, RuleSeverity.Error, "systemInstruction is a content object with text parts, no text and no list (protocol: 10, no. 10).", "Write {\"parts\":[{\"text\":…}]}.");
    internal static readonly RequestRule CachedContent = new("cached-content", RuleSeverity.Off, RuleSeverity.Error, "Vertex AI runs no batch with an explicit cache (protocol: 3.6).", "Leave cachedContent out.");
    internal static readonly RequestRule LabelIllegal = new("label-illegal", RuleSeverity.Off, RuleSeverity.Error, "Labels have lower-case letters, digits, dashes and underscores, 63 at most, and there are 64 of them at most (protocol: 3.5).", "Shorten or rename the label.");
    internal static readonly RequestRule ModelInRow = new("model-in-row", RuleSeverity.Notice, RuleSeverity.Notice, "A job has one model; whether rows may name others is not documented (protocol: 1.3).", "Make a job for each model.");
    internal static readonly RequestRule ModelMixed = new("model-mixed", RuleSeverity.Warning, RuleSeverity.Warning, "Rows of one file name different models (protocol: 1.3).", "Make a file for each model.");
    internal static readonly RequestRule ModelUnknown = new("model-unknown", RuleSeverity.Warning, RuleSeverity.Warning, "The catalogue does not know the model.", "Check the name, or add the model to an override of the catalogue.");
    internal static readonly RequestRule ModelRetired = new("model-retired", RuleSeverity.Error, RuleSeverity.Error, "The model is retired: requests fail, or another model answers (protocol: 8; 10, no. 41).", "Use its successor.");
    internal static readonly RequestRule ModelNotBatch = new("model-not-batch", RuleSeverity.Error, RuleSeverity.Error, "The model runs no batches of this kind here (protocol: 8).", "Use another model.");
    internal static readonly RequestRule JsonWithTools = new("json-with-tools", RuleSeverity.Error, RuleSeverity.Error, "The model refuses tools together with a JSON response type (protocol: 7).", "Leave responseMimeType and the schema out and put the schema into the prompt, or take a model that allows both.");
    internal static readonly RequestRule ToolsExclusive = new("tools-exclusive", RuleSeverity.Error, RuleSeverity.Error, "File search cannot be combined with Google Search or URL context (protocol: 1.8).", "Keep one of them.");
    internal static readonly RequestRule SchemasBoth = new("schemas-both", RuleSeverity.Error, RuleSeverity.Error, "responseSchema and responseJsonSchema exclude each other (protocol: 7).", "Keep one.");
    internal static readonly RequestRule SchemaWithoutJson = new("schema-without-json", RuleSeverity.Error, RuleSeverity.Error, "A schema needs responseMimeType application/json, or text/x.enum for an enum (protocol: 7).", "Add \"responseMimeType\":\"application/json\".");
    internal static readonly RequestRule SchemaEnumMode = new("schema-enum-mode", RuleSeverity.Error, RuleSeverity.Error, "text/x.enum answers with one of the values of responseSchema, which is a STRING with an enum (protocol: 7).", "Write {\"type\":\"STRING\",\"enum\":[…]}, or take application/json.");
    internal static readonly RequestRule SchemaKeyword = new("schema-keyword", RuleSeverity.Error, RuleSeverity.Error, "responseSchema takes its own keywords only: others are refused (protocol: 7).", "Remove the keyword, or use responseJsonSchema.");
    internal static readonly RequestRule JsonSchemaKeyword = new("json-schema-keyword", RuleSeverity.Warning, RuleSeverity.Warning, "The keyword is not listed for responseJsonSchema: it is ignored or refused (protocol: 7).", "Remove it.");
    internal static readonly RequestRule JsonSchemaReference = new("json-schema-ref", RuleSeverity.Warning, RuleSeverity.Warning, "Beside $ref only keywords that begin with $ may stand (protocol: 7).", "Move them to what is referred to.");
    internal static readonly RequestRule SchemaTypeUnion = new("schema-type-union", RuleSeverity.Error, RuleSeverity.Error, "responseSchema has one type: a list with null gave empty answers throughout (protocol: 7).", "Write \"nullable\":true beside the type.");
    internal static readonly RequestRule SchemaTypeUnknown = new("schema-type-unknown", RuleSeverity.Error, RuleSeverity.Error, "Types are STRING, NUMBER, INTEGER, BOOLEAN, ARRAY, OBJECT and NULL (protocol: 7).", "Correct the type.");
    internal static readonly RequestRule SchemaItemsMissing = new("schema-items-missing", RuleSeverity.Warning, RuleSeverity.Warning, "A list says what its items are.", "Add \"items\".");
    internal static readonly RequestRule SchemaMaxItems = new("schema-max-items", RuleSeverity.Warning, RuleSeverity.Warning, "Schemas whose maxItems add up to about 960 are refused (protocol: 10, no. 22).", "Lower maxItems, or leave it out.");
    internal static readonly RequestRule SchemaRequiredUnknown = new("schema-required-unknown", RuleSeverity.Error, RuleSeverity.Error, "What is required is one of the properties.", "Correct the name in \"required\".");
    internal static readonly RequestRule ThinkingBoth = new("thinking-both", RuleSeverity.Error, RuleSeverity.Error, "A thinking level and a budget exclude each other (protocol: 8).", "Keep one: levels are for Gemini 3, budgets for 2.5.");
    internal static readonly RequestRule ThinkingUnsupported = new("thinking-unsupported", RuleSeverity.Error, RuleSeverity.Error, "The model does not know this thinking level or budget (protocol: 8).", "Use one that the catalogue lists for it.");
    internal static readonly RequestRule SamplingRefused = new("sampling-refused", RuleSeverity.Error, RuleSeverity.Error, "The model refuses the setting (protocol: 8).", "Remove it.");
    internal static readonly RequestRule SamplingIgnored = new("sampling-ignored", RuleSeverity.Notice, RuleSeverity.Notice, "The model ignores the setting (protocol: 8).", "Remove it.");
    internal static readonly RequestRule CandidateCount = new("candidate-count", RuleSeverity.Warning, RuleSeverity.Warning, "Only one answer is read.", "Remove candidateCount.");
    internal static readonly RequestRule OutputTokens = new("output-tokens", RuleSeverity.Warning, RuleSeverity.Warning, "More output tokens than the model gives, or so few that thinking eats them all (protocol: 10, no. 17).", "Set maxOutputTokens within the model's limit.");
    internal static readonly RequestRule InputTokens = new("input-tokens", RuleSeverity.Warning, RuleSeverity.Warning, "The row seems to be longer than the model's input.", "Split the document.");
    internal static readonly RequestRule EmbeddingPartsMerged = new("embedding-parts-merged", RuleSeverity.Warning, RuleSeverity.Warning, "Several parts become one vector (protocol: 2.3).", "Make a row for each text.");
    internal static readonly RequestRule EmbeddingTask = new("embedding-task", RuleSeverity.Warning, RuleSeverity.Warning, "gemini-embedding-2 takes no task type: the task belongs into the text (protocol: 1.4).", "Remove it and write the task before the text.");
    internal static readonly RequestRule EmbeddingTitle = new("embedding-title", RuleSeverity.Warning, RuleSeverity.Warning, "A title goes with the task type RETRIEVAL_DOCUMENT and no other (protocol: 1.4).", "Remove it, or set that task type.");
    internal static readonly RequestRule EmbeddingConfigPlace = new("embedding-config-place", RuleSeverity.Error, RuleSeverity.Error, "Vertex AI takes the settings of an embedding in embed_content_config, the Developer API beside the content (protocol: 2.3, 3.8).", "Move them.");

    /// <summary>All rules, in the order of their ids.</summary>
    public static IReadOnlyList<RequestRule> All { get; } = [.. ((RequestRule[])
    [
        FileEmpty, FileTooLarge, TooManyRows, ByteOrderMark, CarriageReturn, BlankLine,
        NotUtf8, JsonInvalid, RowNotObject, RowUnchecked, MemberDuplicate, KeyMissing, KeyNotText,
        KeyEmpty, KeyDuplicate, ConfigBesideRequest, RowMemberUnknown, ColumnNested, ColumnArray,
        ColumnName, ColumnReserved, ColumnTypesMixed, RequestMissing, RequestNotObject, FieldUnknown,
        FieldMisplaced, FieldKind, EnumUnknown, EmptyObject, ContentsMissing, ContentsEmpty,
        ContentsNotArray, ContentNotObject, PartsMissing, PartsNotArray, PartsEmpty, PartNotObject,
        PartEmpty, PartAmbiguous, TextBlank, RoleUnknown, RoleMissing, RoleFirst,
        RoleLast, FileUriMissing, FileUriScheme, FileUriForeign, FileUriEscaped, FileMimeMissing,
        InlineDataMissing, InlineDataLarge, SystemInstructionKind, CachedContent, LabelIllegal, ModelInRow,
        ModelMixed, ModelUnknown, ModelRetired, ModelNotBatch, JsonWithTools, ToolsExclusive, SchemasBoth,
        SchemaWithoutJson, SchemaEnumMode, SchemaKeyword, JsonSchemaKeyword, JsonSchemaReference, SchemaTypeUnion, SchemaTypeUnknown, SchemaItemsMissing,
        SchemaMaxItems, SchemaRequiredUnknown, ThinkingBoth, ThinkingUnsupported, SamplingRefused, SamplingIgnored,
        CandidateCount, OutputTokens, InputTokens, EmbeddingPartsMerged, EmbeddingTask, EmbeddingTitle, EmbeddingConfigPlace,
    ]).OrderBy(static rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The rule of an id, or null.</summary>
    /// <param name="id">Such as <c>key-duplicate</c>.</param>
    public static RequestRule? Find(string id) => All.FirstOrDefault(rule => rule.Id == id);
}
