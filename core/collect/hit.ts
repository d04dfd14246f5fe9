import { type CampaignField, campaignFields } from '../counters/dimensions.ts';
import type { Client } from './audience.ts';
import { bareHost } from './bare-host.ts';
import { type BotFamily, botFamilyOf } from './bot.ts';
import { type Fields, parseFields } from './fields.ts';
import { normalizeName } from './name.ts';
import { pageBefore } from './page-before.ts';
import { maxUrlBytes, type PageUrl, type PageUrls, parsePageUrl } from './page-url.ts';
import { isSpam, linkingHost, referrerOf } from './referrer.ts';

/** The text and headers of a request to /track, all untrusted. */
export interface Hit {
  body: string;
  origin?: string | undefined;
  userAgent?: string | undefined;
  languages?: string | undefined;
}

/** The utm parameters of a link, named without `utm_`. */
export type Campaign = { [Field in CampaignField]?: string };

/** A view of a page of the site. */
export interface PageView {
  /** The host, without `www.`. */
  site: string;
  url: string;
  campaign: Campaign;
  /** The host that linked here. Empty if it is the site's or unknown. */
  referrer: string;
  cameFromSite: boolean;
  /** The path of the site's page that led here, without query. Absent if none or unknown. */
  before?: string;
  client: Client;
}

/** An event on a page of the site, such as a sign-up. */
export interface PageEvent {
  /** The host, without `www.`. */
  site: string;
  url: string;
  event: string;
  /** What the headers tell. The second block sends neither time zone nor width. */
  client: Client;
}

/** Why a hit is not counted. */
export const refusals = ['malformed', 'foreign site', 'too long', 'bot', 'spam'] as const;
export type Refusal = (typeof refusals)[number];

/** A hit that is not counted. */
export interface RefusedHit {
  refusal: Refusal;
  /** The kind of the bot, if it is one. */
  bot?: BotFamily;
  /** The host of its page, if that is one of the sites. */
  site?: string;
}

/** Returns the view or event of a hit, or why it is refused. `sites` are hosts, as in the address bar. */
export function parseHit(hit: Hit, sites: string[], pageUrls?: PageUrls): PageView | PageEvent | RefusedHit {
  const fields = parseFields(hit.body);
  const page = fields && pageOf(fields, sites, (text) => parsePageUrl(text, hit.origin, pageUrls));
  const event = normalizeName(fields?.event ?? '');
  if (!fields || !page) return { refusal: 'malformed' };
  if (!isListed(page.host, sites)) return { refusal: 'foreign site' };
  const refused = (refusal: Refusal) => ({ refusal, site: page.host });
  if (fields.event && !event) return refused('malformed');
  if (hit.origin !== undefined && !isListed(hostOf(hit.origin), sites)) return refused('foreign site');
  const { userAgent = '' } = hit;
  const bot = botFamilyOf(userAgent, fields.bot === true);
  if (bot) return { ...refused('bot'), bot };
  const from = linkingHost(fields.referrer ?? '');
  if (isSpam(from)) return refused('spam');
  if (page.url.length > maxUrlBytes) return refused('too long');
  const site = bareHost(page.host);
  const client = {
    userAgent,
    timeZone: fields.tz ?? '',
    width: fields.width ?? 0,
    languages: hit.languages ?? '',
  };
  if (event) return { site, url: page.url, event, client };
  const cameFromSite = from === site;
  const before = cameFromSite ? pageBefore(fields.referrer ?? '', pageUrls) : undefined;
  return {
    site,
    url: page.url,
    campaign: campaignOf(fields),
    referrer: cameFromSite ? '' : referrerOf(from),
    cameFromSite,
    ...(before !== undefined && { before }),
    client,
  };
}

/** Returns the URL to count: that of the canonical link if it is on a listed site, else that of the page. */
function pageOf({ url, canonical }: Fields, sites: string[], parse: (text: string) => PageUrl | undefined) {
  const linked = canonical && parse(canonical);
  if (linked && isListed(linked.host, sites)) return linked;
  return url ? parse(url) : undefined;
}

function campaignOf(fields: Fields): Campaign {
  const parameters = new URLSearchParams(fields.utm?.join('&'));
  const campaign: Campaign = {};
  for (const field of campaignFields) {
    const name = normalizeName(parameters.get(`utm_${field}`) ?? fields[`utm_${field}`] ?? '');
    if (name) campaign[field] = name;
  }
  return campaign;
}

const hostOf = (origin: string) => URL.parse(origin)?.host ?? '';

/** Returns whether a host is one of the sites, with or without `www.`. A page's canonical link decides between the two. */
const isListed = (host: string, sites: string[]) =>
  sites.includes(host) || sites.includes(host.startsWith('www.') ? host.slice(4) : `www.${host}`);
