import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const tool = process.env.GEMINI_BATCH_TOOL ?? path.join(root, 'artifacts', 'bin', 'GeminiBatch.Cli', 'debug', 'GeminiBatch.Cli.dll');
const greeting = 'The emulator listens on ';

/** Starts the emulator as a process of its own on a folder of its own. */
export async function startEmulator() {
  const folder = await mkdtemp(path.join(tmpdir(), 'gemini-clients-'));
  const child = spawn('dotnet', [tool, 'emulator', '--port', '0', '--state', path.join(folder, 'state')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const endpoint = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The emulator ended with ${code} before it listened. Build ${tool} first.`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith(greeting)) {
        resolve(line.slice(greeting.length).trim());
      }
    });
  });
  return {
    endpoint,
    folder,
    /** Lets time pass at once. */
    advance: (seconds) => post(`${endpoint}emulator/clock`, { advanceSeconds: seconds }),
    inspect: async (what) => (await fetch(`${endpoint}emulator/${what}`)).json(),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

async function post(url, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return response.json();
}

export const row = (key, text) => JSON.stringify({ key, request: { contents: [{ role: 'user', parts: [{ text }] }] } });
