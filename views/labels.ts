import type { Kind, Metric } from '../core/filter.ts';
import { visible } from './text.ts';

/** What the kinds of names are called, many and one. */
export const titles: Record<Kind, [many: string, one: string]> = {
  referrer: ['Referrers', 'Referrer'],
  source: ['Sources', 'Source'],
  medium: ['Media', 'Medium'],
  campaign: ['Campaigns', 'Campaign'],
  term: ['Terms', 'Term'],
  content: ['Contents', 'Content'],
  country: ['Countries', 'Country'],
  language: ['Languages', 'Language'],
  device: ['Devices', 'Device'],
  browser: ['Browsers', 'Browser'],
  os: ['Systems', 'System'],
  event: ['Events', 'Event'],
};

/** The noun of each metric, in the singular. */
export const nouns: Record<Metric, string> = {
  views: 'view',
  visitors: 'visitor',
  visits: 'visit',
  events: 'event',
  unlinked: 'visit',
  engaged: 'visit',
  seconds: 'second',
};

// Maps, for a name from outside may be one that every object has.
const words = new Map([
  ['(direct)', 'Direct, or not known'],
  ['(unknown)', 'Not known'],
  ['(other)', 'Others'],
  ['(none)', 'None'],
]);
const plain = (name: string) => words.get(name) ?? visible(name);

const devices = new Map([
  ['mobile', 'Phone'],
  ['tablet', 'Tablet'],
  ['desktop', 'Desktop'],
]);

const regions = new Intl.DisplayNames('en', { type: 'region' });
const languages = new Intl.DisplayNames('en', { type: 'language' });

/** `🇫🇷 France`: a flag is the two letters of its country, moved to where Unicode has letters for flags. */
function country(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return `🌐 ${plain(code)}`;
  const flag = String.fromCodePoint(...[...code].map((letter) => 0x1f1a5 + (letter.codePointAt(0) ?? 0)));
  return `${flag} ${regions.of(code)}`;
}

const language = (code: string) => (/^[a-z]{2}$/.test(code) ? (languages.of(code) ?? code) : plain(code));

/** How a counted name reads. */
export function labelOf(kind: Kind, name: string): string {
  if (kind === 'country') return country(name);
  if (kind === 'language') return language(name);
  if (kind === 'device') return devices.get(name) ?? plain(name);
  return plain(name);
}
