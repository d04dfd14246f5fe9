import type { Random } from './random.ts';
import type { CampaignLink, Referrer, Site, Spike } from './site.ts';
import type { Visitor } from './visitor.ts';
import { walk } from './walk.ts';

/** A request to /track, with the truth about it. */
export interface SimulatedHit {
  /** The name of the visitor. */
  visitor: string;
  ip: string;
  headers: Record<string, string>;
  body: string;
  truth: ViewTruth | EventTruth | RefusalTruth;
}

/** The truth about a view, in the terms of the documentation. */
export interface ViewTruth {
  url: string;
  source: string;
  cameFromSite: boolean;
  /** Whether a visitor record must exist after it. */
  recorded: boolean;
  /** The counters to expect if it is the first view of a visit. */
  origin: string[];
  /** The source and the campaign of its link, as `source_twitter`. */
  link: string[];
}

/** An event on a page. */
export interface EventTruth {
  url: string;
  event: string;
  /** Whether it may be told to which visit it belongs. */
  recorded: boolean;
}

/** A refusal, and the site that the hit names, if any. */
export interface RefusalTruth {
  refusal: string;
  /** The counter to expect, if it is not named as the refusal. */
  counter?: string;
  site?: string;
}

/** The input of a clickstream. The same plan gives the same hits. */
export interface Plan {
  site: Site;
  /** Scheme and host of the site's pages. */
  origin: string;
  seed: number;
  /** Whether the app tells visitors apart. */
  visitors: boolean;
  /** Whether the app takes each spelling of an address for a page of its own. */
  exactUrls?: boolean;
  /** The name of the run. Visitors of different runs are different people. */
  run: string;
}

interface Arrival {
  referrer: string;
  /** The referrer to expect. */
  name: string;
  /** The channel to expect. */
  channel: string;
  campaign: Record<string, string>;
}

const events = [
  { weight: 5, event: 'newsletter' },
  { weight: 2, event: 'download: guide.pdf' },
  { weight: 1, event: '404' },
];

/** Returns the hits of one visit, each with the seconds of reading after it. By default it begins at the end. */
export function simulatedVisit(
  random: Random,
  plan: Plan,
  visitor: Visitor,
  start: { age: number; spike?: Spike } = { age: 0 },
) {
  const { site, origin } = plan;
  const { age, spike } = start;
  let arrival = spike ? arrivalOf(spike) : arrivalFrom(random, site, age);
  return walk(random, site, { age, firstPage: spike?.path }).flatMap((path, i) => {
    const url = new URL(random.pick(spellings(path)).path, origin).href;
    const view = pageView(plan, visitor, url, arrival, i > 0);
    const read = 5 + Math.floor(400 * random.fraction() ** 3);
    arrival = { ...arrivalOf({}), referrer: url };
    if (!random.chance(0.05)) return [{ hit: view, read }];
    return [
      { hit: view, read: 5 },
      { hit: eventOn(plan, visitor, url, random.pick(events).event), read },
    ];
  });
}

/** Returns the addresses of a page that readers come across. */
function spellings(path: string) {
  const folder = path.replace(/\/*$/, '/');
  return [
    { weight: 94, path },
    { weight: 4, path: folder },
    { weight: 2, path: `${folder}index.html` },
  ];
}

/** Returns the URL under which the app counts an address. */
function pageOf({ exactUrls }: Plan, address: string): string {
  if (exactUrls) return address;
  const { origin, pathname } = new URL(address);
  return origin + (pathname.replace(/(\/|\/index\.html)+$/, '') || '/');
}

/** Chooses the origin of a visit: unknown, a page that links here, or a campaign that runs on its day. */
function arrivalFrom(random: Random, { referrers, campaigns }: Site, age: number): Arrival {
  const share = random.fraction();
  const running = campaigns.filter(
    ({ fromDaysBefore = Infinity, toDaysBefore = 0 }) => age <= fromDaysBefore && age >= toDaysBefore,
  );
  if (share < 0.35 && referrers.length > 0) return arrivalOf({ referrer: random.pick(referrers) });
  if (share < 0.6 && running.length > 0) return arrivalOf({ campaign: random.pick(running) });
  return arrivalOf({});
}

function arrivalOf({ referrer, campaign }: { referrer?: Referrer; campaign?: CampaignLink }): Arrival {
  if (campaign)
    return { referrer: '', name: '(direct)', channel: campaign.channel ?? 'campaign', campaign: campaign.fields };
  if (!referrer) return { referrer: '', name: '(direct)', channel: 'direct', campaign: {} };
  const { url, name = new URL(url).host.replace(/^www\./, ''), channel = 'website' } = referrer;
  return { referrer: url, name, channel, campaign: {} };
}

/** Returns a view as the snippet sends it. */
function pageView(
  plan: Plan,
  visitor: Visitor,
  url: string,
  { referrer, name, channel, campaign }: Arrival,
  cameFromSite: boolean,
): SimulatedHit {
  const fields = Object.entries(campaign).map(([field, value]) => `${field.slice(4)}_${value.toLowerCase()}`);
  return {
    ...requestBy(visitor, plan.origin, { url, referrer, ...campaign }),
    truth: {
      url: pageOf(plan, url),
      source: (campaign.utm_source ?? '').toLowerCase(),
      cameFromSite,
      recorded: isRecorded(plan, visitor),
      origin: [`channel_${channel}`, `referrer_${name}`, ...fields, ...visitor.audience],
      link: fields.filter((field) => /^(source|campaign)_/.test(field)),
    },
  };
}

const eventOn = (plan: Plan, visitor: Visitor, url: string, event: string): SimulatedHit => ({
  ...requestBy(visitor, plan.origin, { url, event }),
  truth: { url: pageOf(plan, url), event, recorded: isRecorded(plan, visitor) },
});

const isRecorded = ({ visitors }: Plan, { privacyHeaders }: Visitor) =>
  visitors && Object.keys(privacyHeaders).length === 0;

/** Returns a request of a visitor with these fields in its body. */
export function requestBy(visitor: Visitor, origin: string, fields: Record<string, string>) {
  const { name, userAgent, ip, timeZone, languages, width, privacyHeaders } = visitor;
  // The second block, which sends events, tells neither time zone nor width.
  const screen = fields.event === undefined && { tz: timeZone, width };
  return {
    visitor: name,
    ip,
    headers: {
      origin,
      'user-agent': userAgent,
      'content-type': 'text/plain;charset=UTF-8',
      ...(languages && { 'accept-language': languages }),
      ...privacyHeaders,
    },
    body: JSON.stringify({ ...screen, bot: false, ...fields }),
  };
}
