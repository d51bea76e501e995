import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GoogleGenAI } from '@google/genai';
import { row, startEmulator } from './emulator.js';

const model = 'gemini-3.5-flash-lite';

/** Makes each call once and gives what came over the wire, by the name of the call. */
export async function recordRequests() {
  const emulator = await startEmulator();
  try {
    const client = new GoogleGenAI({ apiKey: 'any-key', httpOptions: { baseUrl: emulator.endpoint } });
    const recorded = {};
    let seen = 0;
    const record = async (name, call) => {
      const result = await call();
      const requests = (await emulator.inspect('requests')).requests;
      recorded[name] = requests.slice(seen).map(normalize);
      seen = requests.length;
      return result;
    };

    const local = path.join(emulator.folder, 'rows.jsonl');
    await writeFile(local, row('a', 'one'));
    const contents = [{ role: 'user', parts: [{ text: 'one' }] }];
    const file = await record('upload', () => client.files.upload({ file: local, config: { mimeType: 'application/jsonl', displayName: 'rows' } }));
    await record('get file', () => client.files.get({ name: file.name }));
    const created = await record('create from file', () => client.batches.create({ model, src: file.name, config: { displayName: 'from-file' } }));
    await record('create inline', () => client.batches.create({ model, src: [{ contents, metadata: { key: 'a' } }], config: { displayName: 'inline' } }));
    await emulator.advance(60);
    const job = await record('get batch', () => client.batches.get({ name: created.name }));
    await record('list batches', () => drain(client.batches.list({ config: { pageSize: 100 } })));
    await record('download', () => client.files.download({ file: job.dest.fileName, downloadPath: path.join(emulator.folder, 'results.jsonl') }));
    await record('cancel batch', () => client.batches.cancel({ name: created.name }));
    await record('delete batch', () => client.batches.delete({ name: created.name }));
    await record('delete file', () => client.files.delete({ name: file.name }));
    await record('generate content', () => client.models.generateContent({ model, contents }));
    await record('count tokens', () => client.models.countTokens({ model, contents }));
    await record('get model', () => client.models.get({ model }));
    return recorded;
  } finally {
    await emulator.stop();
  }
}

async function drain(pager) {
  for await (const entry of await pager) {
    void entry;
  }
}

/** Leaves out what differs from run to run and what belongs to the connection. */
function normalize({ method, target, headers, body }) {
  const transport = new Set(['host', 'connection', 'accept', 'accept-encoding', 'accept-language', 'content-length', 'transfer-encoding', 'sec-fetch-mode', 'user-agent', 'x-goog-api-client']);
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !transport.has(name)));
  return JSON.parse(withoutIds(JSON.stringify({ method, target, headers: kept, body })));
}

function withoutIds(text) {
  return text
    .replace(/upload_id=[0-9a-f]+/g, 'upload_id={id}')
    .replace(/batches\/[a-z0-9]{36}/g, 'batches/{id}')
    .replace(/files\/batch-[a-z0-9]{36}/g, 'files/{result}')
    .replace(/files\/[a-z0-9-]{3,40}/g, 'files/{id}');
}

if (process.argv[2] === 'write') {
  await writeFile(new URL('wire.json', import.meta.url), `${JSON.stringify(await recordRequests(), null, 2)}\n`);
}
