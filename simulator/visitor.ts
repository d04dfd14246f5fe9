import type { Random } from './random.ts';

/** A simulated person: one browser somewhere in the world. */
export interface Visitor {
  userAgent: string;
  address: string;
  timeZone: string;
  /** Hours ahead of UTC, near enough to choose the hour of a visit. */
  offset: number;
  language: string;
  width: number;
}

const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const chrome = (version: number) => `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0`;

const browsers = [
  { weight: 30, width: [1280, 1440, 1920], userAgent: `${windows} ${chrome(142)} Safari/537.36` },
  { weight: 10, width: [1440, 1728], userAgent: `${mac} ${chrome(142)} Safari/537.36` },
  {
    weight: 8,
    width: [1440, 1512],
    userAgent: `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`,
  },
  { weight: 7, width: [1366, 1920], userAgent: `${windows} ${chrome(142)} Safari/537.36 Edg/142.0.0.0` },
  {
    weight: 6,
    width: [1280, 1920],
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  },
  {
    weight: 4,
    width: [1920],
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  },
  {
    weight: 20,
    width: [360, 384, 412],
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${chrome(142)} Mobile Safari/537.36`,
  },
  {
    weight: 22,
    width: [375, 390, 430],
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  },
  {
    weight: 3,
    width: [768, 820],
    userAgent:
      'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  },
];

const places = [
  { weight: 24, timeZone: 'Europe/Berlin', offset: 1, language: 'de-DE,de;q=0.9,en;q=0.8' },
  { weight: 10, timeZone: 'Europe/London', offset: 0, language: 'en-GB,en;q=0.9' },
  { weight: 9, timeZone: 'Europe/Paris', offset: 1, language: 'fr-FR,fr;q=0.9,en;q=0.5' },
  { weight: 16, timeZone: 'America/New_York', offset: -5, language: 'en-US,en;q=0.9' },
  { weight: 9, timeZone: 'America/Los_Angeles', offset: -8, language: 'en-US,en;q=0.9' },
  { weight: 5, timeZone: 'America/Sao_Paulo', offset: -3, language: 'pt-BR,pt;q=0.9' },
  { weight: 7, timeZone: 'Asia/Kolkata', offset: 5.5, language: 'en-IN,hi;q=0.8' },
  { weight: 5, timeZone: 'Asia/Tokyo', offset: 9, language: 'ja,en;q=0.5' },
  { weight: 3, timeZone: 'Australia/Sydney', offset: 10, language: 'en-AU,en;q=0.9' },
];

/** Makes up a visitor. The address is unique to the number, in a range that no machine of the internet has. */
export function visitorFrom(random: Random, number: number): Visitor {
  const { userAgent, width } = random.pick(browsers);
  const { timeZone, offset, language } = random.pick(places);
  const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  return { userAgent, address, timeZone, offset, language, width: width[random.between(0, width.length - 1)] ?? 1280 };
}
