import type { DatedHit } from './clickstream.ts';
import { byTime } from './visited-pages.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Returns hits as a web server logs them in the combined format: views, and those of bots that give their names. */
export const combinedLog = (hits: DatedHit[]): string =>
  byTime(hits)
    .filter(({ hit: { truth } }) => 'source' in truth || isNamedBot(truth))
    .map(({ at, hit: { ip, headers, body } }) => {
      const { url, referrer, ...fields } = JSON.parse(body);
      const { pathname } = new URL(url);
      const campaign = Object.entries(fields).filter(([name]) => name.startsWith('utm_')) as [string, string][];
      const query = campaign.length > 0 ? `?${new URLSearchParams(campaign)}` : '';
      const line = `"GET ${pathname}${query} HTTP/1.1" 200 5316 "${referrer || '-'}" "${headers['user-agent']}"`;
      return `${ip} - - [${timeText(at)}] ${line}\n`;
    })
    .join('');

const isNamedBot = (truth: DatedHit['hit']['truth']) =>
  'refusal' in truth && truth.refusal === 'bot' && truth.counter !== 'bot_headless';

function timeText(at: number): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(.{8})/.exec(new Date(at).toISOString()) ?? [];
  return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`;
}
