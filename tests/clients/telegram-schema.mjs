// The JSON Schema of what a bot may ask of Telegram, from the types of @gramio/types (MIT; made from the Bot API's own pages).
//   node telegram-schema.mjs          writes tests/data/telegram/bot-api.schema.json and its notice anew
//   node telegram-schema.mjs '{}'     (the test) says whether the file is what the pinned packages give
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { assert, ok, run } from './verdicts.mjs';

const types = join(import.meta.dirname, 'node_modules', '@gramio', 'types');
const target = join(import.meta.dirname, '..', 'data', 'telegram', 'bot-api.schema.json');

/** What only JavaScript has: an object that turns itself into the value. It never goes over the wire. */
const isOfJavaScript = node => ['toJSON', 'toString'].includes(node?.required?.[0]) && node.required.length === 1;

/** Without the prose (three quarters of it), and const as an enum of one: it says the same, and every judge reads it. */
function lean(node) {
  if (Array.isArray(node)) { return node.filter(one => !isOfJavaScript(one)).map(lean); }
  if (node === null || typeof node !== 'object') { return node; }
  return Object.fromEntries(Object.entries(node)
    .filter(([key, value]) => !(key === 'description' && typeof value === 'string'))
    .map(([key, value]) => key === 'const' && typeof value !== 'object' ? ['enum', [value]] : [key, lean(value)]));
}

run(() => {
  const { version } = JSON.parse(readFileSync(join(types, 'package.json'), 'utf8'));
  const api = /Based on (Bot API v[\d.]+)/.exec(readFileSync(join(types, 'out', 'methods.d.ts'), 'utf8'))[1];
  const { definitions } = createGenerator({ path: join(types, 'out', 'params.d.ts'), type: '*', skipTypeCheck: true }).createSchema('*');
  // A Blob there; over the wire an id, an address or attach://part.
  definitions.TelegramInputFile = { type: 'string' };
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: `${api}; made from @gramio/types ${version} by tests/clients/telegram-schema.mjs; licence: bot-api.schema.LICENSE`,
    definitions: lean(definitions),
  };
  // One definition a line: a new version is a diff that can be read.
  const lines = Object.entries(schema.definitions).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, of]) => `${JSON.stringify(name)}:${JSON.stringify(of)}`);
  const text = `{"$schema":${JSON.stringify(schema.$schema)},\n"$comment":${JSON.stringify(schema.$comment)},\n"definitions":{\n${lines.join(',\n')}\n}}\n`;
  if (process.argv.length > 2) {
    assert.ok(readFileSync(target, 'utf8') === text, 'tests/data/telegram/bot-api.schema.json is not what the packages give: node telegram-schema.mjs');
    ok('the schema is what the packages give');
  } else {
    writeFileSync(target, text);
    writeFileSync(target.replace(/\.json$/, '.LICENSE'), readFileSync(join(types, 'LICENSE')));
  }
});
