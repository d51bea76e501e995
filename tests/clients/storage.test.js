import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { GoogleGenAI } from '@google/genai';
import { Storage } from '@google-cloud/storage';
import { OAuth2Client } from 'google-auth-library';
import { row, startEmulator } from './emulator.js';

let emulator;
let bucket;

before(async () => {
  emulator = await startEmulator();
  const storage = new Storage({ apiEndpoint: emulator.endpoint.replace(/\/$/, ''), projectId: 'demo-project' });
  [bucket] = await storage.createBucket('demo-bucket', { location: 'us-central1' });
});
after(() => emulator.stop());

test('a bucket is created once and shows its location', async () => {
  const [metadata] = await bucket.getMetadata();
  assert.equal(metadata.location, 'US-CENTRAL1');
  assert.deepEqual(await bucket.exists(), [true]);
  await assert.rejects(bucket.create(), (error) => error.code === 409);
});

test('a large file is uploaded resumably, checked, and downloaded with the same bytes', async () => {
  const bytes = randomBytes(3 * 1024 * 1024 + 17);
  const local = path.join(emulator.folder, 'large.bin');
  await writeFile(local, bytes);
  const [file] = await bucket.upload(local, { destination: 'in/large file.bin', resumable: true, chunkSize: 1024 * 1024, validation: 'crc32c' });
  assert.equal(file.metadata.md5Hash, createHash('md5').update(bytes).digest('base64'));
  const [whole] = await bucket.file('in/large file.bin').download();
  assert.ok(whole.equals(bytes));
  const [part] = await bucket.file('in/large file.bin').download({ start: 100, end: 199 });
  assert.ok(part.equals(bytes.subarray(100, 200)));
});

test('a small object is saved in one request and only once where it must not exist', async () => {
  const file = bucket.file('once.txt');
  await file.save('one', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } });
  await assert.rejects(file.save('two', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } }), (error) => error.code === 412);
  assert.equal((await file.download())[0].toString(), 'one');
});

test('a resumable save of known content ends in one piece', async () => {
  const file = bucket.file('resumable.txt');
  await file.save('content', { resumable: true });
  assert.equal((await file.getMetadata())[0].size, '7');
});

test('objects are listed by prefix over pages, and deleted', async () => {
  for (const name of ['list/a', 'list/b', 'list/sub/c']) {
    await bucket.file(name).save('x', { resumable: false });
  }
  const names = [];
  for (let query = { prefix: 'list/', maxResults: 1, autoPaginate: false }; query; ) {
    const [page, next] = await bucket.getFiles(query);
    names.push(...page.map((file) => file.name));
    query = next;
  }
  assert.deepEqual(names, ['list/a', 'list/b', 'list/sub/c']);
  const [, , response] = await bucket.getFiles({ prefix: 'list/', delimiter: '/', autoPaginate: false });
  assert.deepEqual(response.prefixes, ['list/sub/']);
  await bucket.file('list/a').delete();
  assert.deepEqual(await bucket.file('list/a').exists(), [false]);
  await assert.rejects(bucket.file('list/a').download(), (error) => error.code === 404);
});

test('a Vertex AI batch over an object writes its rows below its own directory', async () => {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: 'ya29.any' });
  const client = new GoogleGenAI({ vertexai: true, project: 'demo-project', location: 'global', googleAuthOptions: { authClient }, httpOptions: { baseUrl: emulator.endpoint } });
  await bucket.file('in/rows.jsonl').save([row('a', 'one'), row('b', 'two')].join('\n'), { resumable: false });
  const created = await client.batches.create({ model: 'gemini-3.5-flash-lite', src: 'gs://demo-bucket/in/rows.jsonl', config: { displayName: 'vertex', dest: 'gs://demo-bucket/out' } });
  await emulator.advance(60);
  const job = await client.batches.get({ name: created.name });
  assert.equal(job.state, 'JOB_STATE_SUCCEEDED');
  assert.equal(job.completionStats.successfulCount, '2');
  const [files] = await bucket.getFiles({ prefix: 'out/prediction-model-' });
  const [content] = await files[0].download();
  assert.deepEqual(content.toString().trimEnd().split('\n').map((line) => JSON.parse(line).key).sort(), ['a', 'b']);
  const listed = [];
  for await (const entry of await client.batches.list({ config: { pageSize: 1 } })) {
    listed.push(entry.name);
  }
  assert.deepEqual(listed, [job.name]);
  await client.batches.delete({ name: job.name });
});
