import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The community's list, which Matomo keeps, in the public domain: one host a line. */
const source = 'https://raw.githubusercontent.com/matomo-org/referrer-spam-list/master/spammers.txt';
const fewest = 200;

/** Hosts as browsers write them, once each and in order. Throws an Error where a text is not such a list. */
export function spamListOf(text: string): string[] {
  const hosts = text
    .split(/\s+/)
    .filter((line) => /^[^\s/:@]+\.[^\s/:@]+$/.test(line) && URL.canParse(`http://${line}`))
    .map((line) => new URL(`http://${line}`).host.replace(/^www\./, ''));
  if (hosts.length < fewest) throw new Error(`This is no list of spam referrers: it has ${hosts.length} hosts.`);
  return [...new Set(hosts)].sort();
}

/** Fetches the list from an address and writes it to a file; returns how many hosts it has. */
export async function renewSpamList(address: string, file: string): Promise<number> {
  const response = await fetch(address).catch((cause) => {
    throw new Error(`${address} cannot be reached.`, { cause });
  });
  if (!response.ok) throw new Error(`${address} answers ${response.status}.`);
  const hosts = spamListOf(await response.text());
  await writeFile(file, `${JSON.stringify(hosts, null, 2)}\n`);
  return hosts.length;
}

if (import.meta.main) {
  try {
    const count = await renewSpamList(source, join(import.meta.dirname, '../core/collect/spam-referrers.json'));
    console.log(`core/collect/spam-referrers.json has ${count} hosts. Deploy to use them.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
