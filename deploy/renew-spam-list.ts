import { join } from 'node:path';
import { renewedList, runCommand } from './renewed-list.ts';

/** The community's list, which Matomo keeps, in the public domain: one host a line. */
const source = 'https://raw.githubusercontent.com/matomo-org/referrer-spam-list/master/spammers.txt';
const fewest = 200;

/** Hosts as browsers write them, once each and in order. Throws an Error if a text is not such a list. */
export function spamListOf(text: string): string[] {
  const hosts = text
    .split(/\s+/)
    .filter((line) => /^[^\s/:@]+\.[^\s/:@]+$/.test(line) && URL.canParse(`http://${line}`))
    .map((line) => new URL(`http://${line}`).host.replace(/^www\./, ''));
  if (hosts.length < fewest)
    throw new Error(
      `This is no list of spam referrers, because it has ${hosts.length} hosts. Keep the list that you have, and try again later.`,
    );
  return [...new Set(hosts)].sort();
}

/** Fetches the list from a URL and writes it to a file. Returns how many hosts it has. */
export const renewSpamList = async (url: string, file: string): Promise<number> =>
  (await renewedList(url, file, spamListOf)).length;

if (import.meta.main)
  await runCommand(async () => {
    const count = await renewSpamList(source, join(import.meta.dirname, '../core/collect/spam-referrers.json'));
    return `core/collect/spam-referrers.json has ${count} hosts. Deploy to use them.`;
  });
