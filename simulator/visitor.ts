import type { Random } from './random.ts';

/** A simulated person: one browser somewhere in the world. */
export interface Visitor {
  /** A name that is unique in all runs. */
  name: string;
  userAgent: string;
  ip: string;
  timeZone: string;
  /** Hours ahead of UTC, near enough to choose the hour of a visit. */
  offset: number;
  languages: string;
  width: number;
  /** Headers that ask for privacy. */
  privacyHeaders: Record<string, string>;
  /** The counters to expect on the first view of a visit. */
  audience: string[];
}

const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const chrome = (version: number) => `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0`;

const browsers = [
  {
    weight: 30,
    width: [1280, 1440, 1920],
    is: ['desktop', 'Chrome', 'Windows'],
    userAgent: `${windows} ${chrome(142)} Safari/537.36`,
  },
  {
    weight: 10,
    width: [1440, 1728],
    is: ['desktop', 'Chrome', 'macOS'],
    userAgent: `${mac} ${chrome(142)} Safari/537.36`,
  },
  {
    weight: 8,
    width: [1440, 1512],
    is: ['desktop', 'Safari', 'macOS'],
    userAgent: `${mac} ${webkit} Version/26.0 Safari/605.1.15`,
  },
  {
    weight: 7,
    width: [1366, 1920],
    is: ['desktop', 'Microsoft Edge', 'Windows'],
    userAgent: `${windows} ${chrome(142)} Safari/537.36 Edg/142.0.0.0`,
  },
  {
    weight: 6,
    width: [1280, 1920],
    is: ['desktop', 'Firefox', 'Linux'],
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  },
  {
    weight: 4,
    width: [1920],
    is: ['desktop', 'Firefox', 'Windows'],
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  },
  {
    weight: 20,
    width: [360, 384, 412],
    is: ['mobile', 'Chrome', 'Android'],
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${chrome(142)} Mobile Safari/537.36`,
  },
  {
    weight: 22,
    width: [375, 390, 430],
    is: ['mobile', 'Safari', 'iOS'],
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webkit} Version/26.0 Mobile/15E148 Safari/604.1`,
  },
  {
    weight: 3,
    width: [768, 820],
    is: ['tablet', 'Safari', 'macOS'],
    userAgent: `${mac} ${webkit} Version/26.0 Safari/605.1.15`,
  },
];

const places = [
  { weight: 24, timeZone: 'Europe/Berlin', offset: 1, is: ['DE', 'de'], languages: 'de-DE,de;q=0.9,en;q=0.8' },
  { weight: 10, timeZone: 'Europe/London', offset: 0, is: ['GB', 'en'], languages: 'en-GB,en;q=0.9' },
  { weight: 9, timeZone: 'Europe/Paris', offset: 1, is: ['FR', 'fr'], languages: 'fr-FR,fr;q=0.9,en;q=0.5' },
  { weight: 16, timeZone: 'America/New_York', offset: -5, is: ['US', 'en'], languages: 'en-US,en;q=0.9' },
  { weight: 9, timeZone: 'America/Los_Angeles', offset: -8, is: ['US', 'es'], languages: 'es-US,es;q=0.9,en;q=0.7' },
  { weight: 5, timeZone: 'America/Sao_Paulo', offset: -3, is: ['BR', 'pt'], languages: 'pt-BR,pt;q=0.9' },
  { weight: 7, timeZone: 'Asia/Calcutta', offset: 5.5, is: ['IN', 'en'], languages: 'en-IN,hi;q=0.8' },
  { weight: 5, timeZone: 'Asia/Tokyo', offset: 9, is: ['JP', 'ja'], languages: 'ja,en;q=0.5' },
  { weight: 3, timeZone: 'Australia/Sydney', offset: 10, is: ['AU', 'en'], languages: 'en-AU,en;q=0.9' },
  { weight: 2, timeZone: 'UTC', offset: 0, is: ['(unknown)', '(unknown)'], languages: '' },
];

const privacyWishes: { weight: number; headers: Record<string, string> }[] = [
  { weight: 90, headers: {} },
  { weight: 6, headers: { 'sec-gpc': '1' } },
  { weight: 4, headers: { dnt: '1' } },
];

/**
 * Makes up a visitor. The IP address is private and unique to the number. The user agent has a name that is unique to
 * `run` too, so that runs share no visitors over HTTP, where all come from one address.
 */
export function visitorFrom(random: Random, number: number, run: string): Visitor {
  const {
    userAgent,
    width,
    is: [device, browser, os],
  } = random.pick(browsers);
  const {
    timeZone,
    offset,
    languages,
    is: [country, language],
  } = random.pick(places);
  const name = `${run}.${number}`;
  return {
    name,
    userAgent: `${userAgent} Reader/${name}`,
    ip: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    timeZone,
    offset,
    languages,
    width: width[random.between(0, width.length - 1)] ?? 1280,
    privacyHeaders: random.pick(privacyWishes).headers,
    audience: Object.entries({ device, browser, os, country, language }).map(
      ([dimension, name]) => `${dimension}_${name}`,
    ),
  };
}
