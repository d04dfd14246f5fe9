import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { hashPassword } from '../http/password-hash.ts';

const shortest = 10;

/** Asks on the terminal without showing what is typed, or takes the first line of what is piped in. */
async function ask(question: string): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    return (await lines[Symbol.asyncIterator]().next()).value ?? '';
  } finally {
    lines.close();
    if (process.stdin.isTTY) process.stderr.write('\n');
  }
}

const password = await ask('Password of the dashboard: ');
if ([...password].length < shortest) {
  console.error(`A password takes at least ${shortest} characters: some words in a row are good.`);
  process.exit(1);
}
if (process.stdin.isTTY && (await ask('Once more: ')) !== password) {
  console.error('These two are not the same.');
  process.exit(1);
}
console.error('Write this line into the file .env, or wherever the settings come from:');
console.log(`DASHBOARD_PASSWORD_HASH=${await hashPassword(password)}`);
