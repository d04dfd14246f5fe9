import type { Random } from './random.ts';
import type { Site } from './site.ts';
import type { Visitor } from './visitor.ts';
import { walk } from './walk.ts';

/** A request to /track, with what is known to be true of it: the view that it is, or why it must not be counted. */
export interface SimulatedHit {
  address: string;
  headers: Record<string, string>;
  body: string;
  truth: { url: string; source: string } | { refusal: string };
}

/** What a clickstream is made from. The same plan gives the same hits, on any machine. */
export interface Plan {
  site: Site;
  /** Scheme and host of the site's pages. */
  origin: string;
  seed: number;
}

/** One visit: its hits, each with the seconds that the page is read. */
export function visit(random: Random, { site, origin }: Plan, visitor: Visitor, firstPage?: string) {
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
export function badHit(random: Random, plan: Plan, visitor: Visitor): SimulatedHit {
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
