import { join } from 'node:path';
import { renewedList, runCommand } from './renewed-list.ts';

/** The community's list of crawlers, under the MIT licence: patterns of user agents with tags. */
const source = 'https://raw.githubusercontent.com/monperrus/crawler-user-agents/master/crawler-user-agents.json';
const fewest = 200;

/** The families that the product tells apart, and the list's tag of each. */
const tags = { ai: 'ai-crawler', search: 'search-engine', monitor: 'monitoring', headless: 'browser-automation' };

/** Names of bots in lower case, as parts of their user agents, by family. */
export type BotNames = Record<keyof typeof tags, string[]>;

interface Crawler {
  pattern: string;
  tags?: string[];
}

/** Returns the names of bots in the list, once each and in order. Throws an Error if a text is not that list. */
export function botNamesOf(text: string): BotNames {
  const crawlers = parseCrawlers(text);
  const namesOf = (tag: string) =>
    [...new Set(crawlers.flatMap((each) => (each.tags?.includes(tag) ? namesIn(each.pattern) : [])))].sort();
  const entries = Object.entries(tags).map(([family, tag]) => [family, namesOf(tag)] as const);
  const count = entries.reduce((sum, [, names]) => sum + names.length, 0);
  if (count < fewest)
    throw new Error(
      `This is no list of bots, because it has ${count} names. Keep the list that you have, and try again later.`,
    );
  return Object.fromEntries(entries) as BotNames;
}

function parseCrawlers(text: string): Crawler[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((each) => typeof each?.pattern === 'string') : [];
  } catch {
    return [];
  }
}

/** Returns the plain texts that a pattern stands for. There are none if it needs a regular expression. */
function namesIn(pattern: string): string[] {
  const plain = pattern
    .replace(/^\^|\(\^\| \)/, '')
    .replace(/\[([a-z])([a-z])\]/gi, (both, a, b) => (a.toLowerCase() === b.toLowerCase() ? a : both));
  return plain
    .split('|')
    .filter((part) => /^(?:[\w !#',:;@-]|\\[/.()+-]){3,}$/.test(part))
    .map((part) => part.replaceAll('\\', '').toLowerCase());
}

/** Fetches the list from a URL and writes its names to a file. Returns how many there are. */
export const renewBotList = async (url: string, file: string): Promise<number> =>
  Object.values(await renewedList(url, file, botNamesOf)).flat().length;

if (import.meta.main)
  await runCommand(async () => {
    const count = await renewBotList(source, join(import.meta.dirname, '../core/collect/bot-names.json'));
    return `core/collect/bot-names.json has ${count} names. Deploy to use them.`;
  });
