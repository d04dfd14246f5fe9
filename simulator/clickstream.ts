import { type Random, randomFrom } from './random.ts';
import type { Site } from './site.ts';
import { type Visitor, visitorFrom } from './visitor.ts';
import { walk } from './walk.ts';

/** A request to /track, with what is known to be true of it: the view that it is, or why it must not be counted. */
export interface SimulatedHit {
  address: string;
  headers: Record<string, string>;
  body: string;
  truth: { url: string; source: string } | { refusal: string };
}

/** A hit of the past. */
export interface DatedHit {
  /** Milliseconds since 1970. */
  at: number;
  hit: SimulatedHit;
}

/** What a clickstream is made from. The same plan gives the same hits, on any machine. */
export interface Plan {
  site: Site;
  /** Scheme and host of the site's pages. */
  origin: string;
  seed: number;
}

/** Only each `of`-th visitor, beginning with number `part`: so that processes can share the work. */
export interface Share {
  part: number;
  of: number;
}

const hour = 3_600_000;
const day = 24 * hour;
/** How busy each hour of a visitor's day is, from midnight on. */
const hours = [2, 1, 1, 1, 1, 2, 4, 7, 10, 11, 11, 10, 10, 10, 9, 9, 9, 9, 9, 10, 11, 10, 7, 4];

/**
 * The hits of `visitors` visitors in the `days` days before `until` (ms), one list per visitor, each in the order of time.
 * Visitors come more often on weekdays, by day, and on the day of the site's spike.
 */
export function* history(plan: Plan, period: { visitors: number; days: number; until: number }, { part, of }: Share) {
  const { site, seed } = plan;
  const { visitors, days, until } = period;
  const lastMidnight = Math.floor(until / day) * day;
  const calendar = Array.from({ length: days + 1 }, (_, age) => {
    const midnight = lastMidnight - age * day;
    const spike = site.spike?.daysBeforeEnd === age ? site.spike.times : 1;
    const weekend = [0, 6].includes(new Date(midnight).getUTCDay());
    return { midnight, spike, weight: (weekend ? 0.55 : 1) * spike };
  });

  for (let number = part; number < visitors; number += of) {
    const random = randomFrom(seed, number);
    const visitor = visitorFrom(random, number);
    const hits: DatedHit[] = [];
    for (let visits = 1 + random.streak(0.35); visits > 0; visits--) {
      const { midnight, spike } = random.pick(calendar);
      const drawn = random.chance(1 - 1 / spike) ? site.spike?.path : undefined;
      hits.push(...datedVisit(random, plan, visitor, midnight + timeOfDay(random, visitor), drawn));
    }
    if (random.chance(0.1))
      hits.push({ at: until - random.fraction() * days * day, hit: badHit(random, plan, visitor) });
    yield hits
      .map(({ at, hit }) => ({ at: Math.floor(at), hit }))
      .filter(({ at }) => at >= until - days * day && at <= until)
      .sort((a, b) => a.at - b.at);
  }
}

/** Hits without end, as from some visitors at once: each visitor's own are in order, but far apart. */
export function* endless(plan: Plan, { part, of }: Share): Generator<SimulatedHit, never> {
  const atOnce = 50;
  let number = part;
  const nextVisit = () => {
    const random = randomFrom(plan.seed, number);
    const visitor = visitorFrom(random, number);
    number += of;
    if (random.chance(0.1)) return [badHit(random, plan, visitor)];
    return visit(random, plan, visitor).map(({ hit }) => hit);
  };
  const visits = Array.from({ length: atOnce }, nextVisit);
  for (let i = 0; ; i = (i + 1) % atOnce) {
    const hit = visits[i]?.shift();
    if (hit) yield hit;
    else visits[i] = nextVisit();
  }
}

function datedVisit(random: Random, plan: Plan, visitor: Visitor, start: number, firstPage?: string): DatedHit[] {
  let at = start;
  return visit(random, plan, visitor, firstPage).map(({ hit, read }) => {
    const dated = { at, hit };
    at += read * 1000;
    return dated;
  });
}

/** One visit: its hits, each with the seconds that the page is read. */
function visit(random: Random, { site, origin }: Plan, visitor: Visitor, firstPage?: string) {
  const arrival = arrivalFrom(random, site);
  let previous = arrival.referrer;
  return walk(random, site, firstPage).map((path, i) => {
    const url = new URL(path, origin).href;
    const campaign = i === 0 ? arrival.campaign : {};
    const hit = pageView(origin, visitor, { url, referrer: previous, ...campaign });
    previous = url;
    return { hit, read: 5 + Math.floor(400 * random.fraction() ** 3) };
  });
}

/** Where a visit comes from: nowhere known, a page that links here, or a campaign. */
function arrivalFrom(random: Random, { referrers, campaigns }: Site) {
  const share = random.fraction();
  if (share < 0.35 && referrers.length > 0) return { referrer: random.pick(referrers).url, campaign: {} };
  if (share < 0.6 && campaigns.length > 0) return { referrer: '', campaign: random.pick(campaigns).fields };
  return { referrer: '', campaign: {} };
}

function timeOfDay(random: Random, { offset }: Visitor): number {
  const { at } = random.pick(hours.map((weight, at) => ({ weight, at })));
  return (at + random.fraction() - offset) * hour;
}

/** What the snippet sends. */
function pageView(
  origin: string,
  visitor: Visitor,
  fields: { url: string; referrer: string; utm_source?: string },
): SimulatedHit {
  const { userAgent, address, timeZone, language, width } = visitor;
  return {
    address,
    headers: {
      origin,
      'user-agent': userAgent,
      'accept-language': language,
      'content-type': 'text/plain;charset=UTF-8',
    },
    body: JSON.stringify({ tz: timeZone, width, bot: false, ...fields }),
    truth: { url: fields.url, source: (fields.utm_source ?? '').toLowerCase() },
  };
}

const bots = [
  { weight: 5, userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
  { weight: 3, userAgent: 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)' },
  { weight: 2, userAgent: 'python-requests/2.32.3' },
];

/** What must not be counted: a bot, a page elsewhere that carries the snippet, nonsense. */
function badHit(random: Random, plan: Plan, visitor: Visitor): SimulatedHit {
  const url = new URL(plan.site.home, plan.origin).href;
  const good = pageView(plan.origin, visitor, { url, referrer: '' });
  const elsewhere = 'https://copied.example';
  const kinds: { weight: number; hit: SimulatedHit }[] = [
    {
      weight: 5,
      hit: {
        ...good,
        headers: { ...good.headers, 'user-agent': random.pick(bots).userAgent },
        truth: { refusal: 'bot' },
      },
    },
    { weight: 1, hit: { ...good, body: good.body.replace('"bot":false', '"bot":true'), truth: { refusal: 'bot' } } },
    {
      weight: 2,
      hit: { ...good, headers: { ...good.headers, origin: elsewhere }, truth: { refusal: 'foreign site' } },
    },
    { weight: 1, hit: { ...good, body: good.body.slice(0, -1), truth: { refusal: 'malformed' } } },
    {
      weight: 1,
      hit: { ...good, body: good.body.replace(url, url + 'x'.repeat(1000)), truth: { refusal: 'too long' } },
    },
  ];
  return random.pick(kinds).hit;
}
