// Measures the peers on the answers in this folder: node peers.mjs FOLDER. Run by the command "peers" of the benchmarks.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.argv[2];
const require = createRequire(join(folder, 'index.js'));
const { jsonrepair } = require('jsonrepair');
const { BamlRuntime } = require('@boundaryml/baml/native');

const source = `
enum OrderState {
  Open
  Shipped
  Closed
}

class OrderLine {
  code string
  text string
  quantity int
  price float
  amount float
}

class Order {
  number string
  issuedOn string
  dueOn string?
  supplier string
  customer string
  reference string?
  state OrderState
  net float
  tax float
  total float
  paid bool
  lines OrderLine[]
}

client<llm> None {
  provider openai
  options {
    model "none"
    api_key "none"
  }
}

function Read(text: string) -> Order {
  client None
  prompt #"{{ text }}"#
}
`;
const runtime = BamlRuntime.fromFiles('baml_src', { 'main.baml': source }, {});
const context = runtime.createContextManager();

function median(action, repeats) {
  const times = [];
  for (let round = 0; round < repeats * 2; round++) {
    const start = process.hrtime.bigint();
    action();
    if (round >= repeats) times.push(Number(process.hrtime.bigint() - start) / 1000);
  }

  return times.sort((a, b) => a - b)[times.length >> 1];
}

for (const name of ['clean', 'messy']) {
  const text = readFileSync(join(folder, `${name}.txt`), 'utf8');
  let repaired = NaN;
  try { repaired = median(() => JSON.parse(jsonrepair(text.replace(/^[^{]*```json/, '').replace(/```[^]*$/, ''))), 300); } catch { }
  console.log(`jsonrepair ${name} ${repaired}`);
  console.log(`baml ${name} ${median(() => runtime.parseLlmResponse('Read', text, false, context, null, null, {}), 60)}`);
}
