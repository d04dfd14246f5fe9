import { countries, languages } from '../build/display-names.ts';
import type { DimensionName } from '../core/counters/dimensions.ts';
import { direct, other, unknown } from '../core/counters/names.ts';
import type { Metric } from '../core/report/filter.ts';
import type { Unit } from '../core/report/unit.ts';
import { visible } from './text.ts';

/** The singular noun of each metric. */
export const nouns: Record<Metric, string> = {
  views: 'view',
  visitors: 'visitor',
  visits: 'visit',
  events: 'event',
  unlinked: 'visit',
  linked: 'visit',
  engaged: 'visit',
  seconds: 'second',
};

/** The name of visits that have none of a dimension. It is not stored. */
export const none = '(none)';

// Maps, because a name from outside may be one that every object has, such as `constructor`.
const words = new Map([
  [direct, 'Direct or unknown'],
  [unknown, 'Unknown'],
  [other, 'Other'],
  [none, 'None'],
]);
const plain = (name: string) => words.get(name) ?? visible(name);

const channels = new Map([
  ['direct', 'Direct or unknown'],
  ['search', 'Search'],
  ['social', 'Social media'],
  ['website', 'Other sites'],
  ['campaign', 'Campaigns'],
  ['community', 'Communities'],
  ['mail', 'Mail'],
  ['ai', 'AI assistants'],
]);

const devices = new Map([
  ['mobile', 'Phone'],
  ['tablet', 'Tablet'],
  ['desktop', 'Desktop'],
]);

// Made by npm run build: Intl.DisplayNames would take 10 ms of each cold start.
const countryNames: { [code: string]: string } = countries;
const languageNames: { [code: string]: string } = languages;

/** Returns `🇫🇷 France`. A flag is the two letters of its country, as Unicode's regional indicators. */
function country(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return `🌐 ${plain(code)}`;
  const flag = String.fromCodePoint(...[...code].map((letter) => 0x1f1a5 + (letter.codePointAt(0) ?? 0)));
  return `${flag} ${countryNames[code] ?? code}`;
}

const language = (code: string) => (/^[a-z]{2}$/.test(code) ? (languageNames[code] ?? code) : plain(code));

/** Returns `07:00` for an hour of a series, and `Week of 2026-11-16` for a week. Other dates read as they are. */
export function dateLabel(date: string, unit: Unit): string {
  if (unit === 'hour') return `${date.slice(-2)}:00`;
  return unit === 'week' ? `Week of ${date}` : date;
}

/** Returns the text that shows a counted name. */
export function labelOf(dimension: DimensionName, name: string): string {
  if (dimension === 'country') return country(name);
  if (dimension === 'language') return language(name);
  if (dimension === 'channel') return channels.get(name) ?? plain(name);
  if (dimension === 'device') return devices.get(name) ?? plain(name);
  return plain(name);
}
