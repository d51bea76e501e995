import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { recordRequests } from './wire.js';

test('the client sends what is recorded in wire.json, which the .NET client is compared with', async () => {
  assert.deepEqual(await recordRequests(), JSON.parse(await readFile(new URL('wire.json', import.meta.url), 'utf8')));
});
