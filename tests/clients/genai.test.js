import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { GoogleGenAI } from '@google/genai';
import { row, startEmulator } from './emulator.js';

const model = 'gemini-3.5-flash-lite';
let emulator;
let client;

before(async () => {
  emulator = await startEmulator();
  client = new GoogleGenAI({ apiKey: 'any-key', httpOptions: { baseUrl: emulator.endpoint } });
});
after(() => emulator.stop());

const inline = (text) => ({ contents: [{ role: 'user', parts: [{ text }] }], metadata: { key: text } });

async function upload(rows, name) {
  const file = path.join(emulator.folder, `${name}.jsonl`);
  await writeFile(file, rows.join('\n'));
  return client.files.upload({ file, config: { mimeType: 'application/jsonl', displayName: name } });
}

test('a file is uploaded, read, listed and deleted', async () => {
  const uploaded = await upload([row('a', 'one')], 'files-test');
  assert.equal(uploaded.state, 'ACTIVE');
  assert.equal(uploaded.displayName, 'files-test');
  const read = await client.files.get({ name: uploaded.name });
  assert.equal(read.sizeBytes, uploaded.sizeBytes);
  const names = [];
  for await (const file of await client.files.list({ config: { pageSize: 1 } })) {
    names.push(file.name);
  }
  assert.ok(names.includes(uploaded.name));
  await client.files.delete({ name: uploaded.name });
  await assert.rejects(client.files.get({ name: uploaded.name }), (error) => error.status === 403);
});

test('a file larger than a chunk is uploaded whole', async () => {
  const bytes = new Uint8Array(9 * 1024 * 1024).fill(97);
  const uploaded = await client.files.upload({ file: new Blob([bytes]), config: { mimeType: 'text/plain' } });
  assert.equal(uploaded.sizeBytes, String(bytes.length));
});

test('a batch from a file ends and its result file is downloaded', async () => {
  const input = await upload([row('a', 'one'), row('b', 'two')], 'from-file');
  const created = await client.batches.create({ model, src: input.name, config: { displayName: 'from-file' } });
  assert.equal(created.state, 'JOB_STATE_PENDING');
  await emulator.advance(60);
  const job = await client.batches.get({ name: created.name });
  assert.equal(job.state, 'JOB_STATE_SUCCEEDED');
  const target = path.join(emulator.folder, 'results.jsonl');
  await client.files.download({ file: job.dest.fileName, downloadPath: target });
  const rows = await readWhenWritten(target);
  assert.deepEqual(rows.map((line) => line.key).sort(), ['a', 'b']);
  assert.ok(rows.every((line) => line.response.candidates[0].content.parts[0].text.length > 0));
});

test('a batch of inline requests has its answers in the job', async () => {
  const created = await client.batches.create({ model, src: [inline('one'), inline('two')], config: { displayName: 'inline' } });
  await emulator.advance(60);
  const job = await client.batches.get({ name: created.name });
  assert.equal(job.dest.inlinedResponses.length, 2);
  assert.deepEqual(job.dest.inlinedResponses.map((response) => response.metadata.key).sort(), ['one', 'two']);
});

test('a batch of embeddings has the vectors that a call for one text gives', async () => {
  const created = await client.batches.createEmbeddings({
    model: 'gemini-embedding-001',
    src: { inlinedRequests: { contents: ['red bicycle', 'blue car'], config: { outputDimensionality: 256 } } },
  });
  await emulator.advance(60);
  const job = await client.batches.get({ name: created.name });
  const vectors = job.dest.inlinedEmbedContentResponses.map((response) => response.response.embedding.values);
  assert.equal(vectors.length, 2);
  const direct = await client.models.embedContent({ model: 'gemini-embedding-001', contents: 'red bicycle', config: { outputDimensionality: 256 } });
  assert.ok(vectors.some((vector) => vector.every((value, index) => value === direct.embeddings[0].values[index])));
});

test('a batch of embeddings is made from a file', async () => {
  const line = JSON.stringify({ key: 'e', request: { content: { parts: [{ text: 'red bicycle' }] }, output_dimensionality: 128 } });
  const input = await upload([line], 'embeddings');
  const created = await client.batches.createEmbeddings({ model: 'gemini-embedding-001', src: { fileName: input.name } });
  await emulator.advance(60);
  assert.equal((await client.batches.get({ name: created.name })).state, 'JOB_STATE_SUCCEEDED');
});

test('batches are listed over pages, each once', async () => {
  const created = [];
  for (let number = 0; number < 5; number++) {
    created.push((await client.batches.create({ model, src: [inline(`list ${number}`)], config: { displayName: `list-${number}` } })).name);
  }
  const listed = [];
  for await (const job of await client.batches.list({ config: { pageSize: 2 } })) {
    listed.push(job.name);
  }
  assert.equal(new Set(listed).size, listed.length);
  assert.ok(created.every((name) => listed.includes(name)));
});

test('a batch is cancelled and deleted', async () => {
  const created = await client.batches.create({ model, src: [inline('cancelled')], config: { displayName: 'cancelled' } });
  await client.batches.cancel({ name: created.name });
  assert.equal((await client.batches.get({ name: created.name })).state, 'JOB_STATE_CANCELLED');
  await client.batches.delete({ name: created.name });
  await assert.rejects(client.batches.get({ name: created.name }), (error) => error.status === 404);
});

test('a malformed line and a bad key are refused with the messages of the service', async () => {
  const input = await upload([JSON.stringify({ key: 'a', request: { contents: [], thinking_config: {} } })], 'malformed');
  await assert.rejects(client.batches.create({ model, src: input.name, config: { displayName: 'malformed' } }), /Error on line 1: invalid JSON, near column \d+: no such field: 'thinking_config'/);
  const stranger = new GoogleGenAI({ apiKey: 'bad-key', httpOptions: { baseUrl: emulator.endpoint } });
  await assert.rejects(stranger.models.get({ model }), /API key not valid/);
});

test('a file is imported into a store in two steps', async () => {
  const store = await client.fileSearchStores.create({ config: { displayName: 'contracts' } });
  const file = await client.files.upload({ file: new Blob(['the contract']), config: { mimeType: 'text/plain', displayName: 'contract.txt' } });
  let operation = await client.fileSearchStores.importFile({
    fileSearchStoreName: store.name,
    fileName: file.name,
    config: { customMetadata: [{ key: 'docId', stringValue: 'C-17' }] },
  });
  assert.notEqual(operation.done, true);
  await emulator.advance(1);
  operation = await client.operations.get({ operation });
  assert.equal(operation.done, true);
  await emulator.advance(1);
  const documents = [];
  for await (const document of await client.fileSearchStores.documents.list({ parent: store.name })) {
    documents.push(document);
  }
  assert.equal(documents.length, 1);
  assert.equal(documents[0].name, operation.response.documentName);
  assert.equal(documents[0].state, 'STATE_ACTIVE');
  assert.equal(documents[0].customMetadata[0].stringValue, 'C-17');
  await assert.rejects(client.fileSearchStores.delete({ name: store.name }), /Cannot delete non-empty FileSearchStore/);
  await client.fileSearchStores.delete({ name: store.name, config: { force: true } });
});

test('a file is uploaded straight into a store', async () => {
  const store = await client.fileSearchStores.create({ config: { displayName: 'direct' } });
  const operation = await client.fileSearchStores.uploadToFileSearchStore({
    fileSearchStoreName: store.name,
    file: new Blob(['the contract']),
    config: { mimeType: 'text/plain', displayName: 'direct.txt' },
  });
  assert.match(operation.name, /\/upload\/operations\//);
  await emulator.advance(2);
  assert.equal((await client.fileSearchStores.get({ name: store.name })).activeDocumentsCount, '1');
});

test('content is generated, tokens are counted and models are listed', async () => {
  const answer = await client.models.generateContent({ model, contents: 'Say something.' });
  assert.ok(answer.text.length > 0);
  assert.ok((await client.models.countTokens({ model, contents: 'Say something.' })).totalTokens > 0);
  const models = [];
  for await (const listed of await client.models.list({ config: { pageSize: 3 } })) {
    models.push(listed.name);
  }
  assert.ok(models.includes(`models/${model}`));
});

/** The client's download resolves before its file is written. */
async function readWhenWritten(target) {
  for (let attempt = 0; ; attempt++) {
    const text = await readFile(target, 'utf8').catch(() => '');
    if (text.endsWith('\n')) {
      return text.trimEnd().split('\n').map((line) => JSON.parse(line));
    }
    assert.ok(attempt < 200, 'the result file was not written');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
