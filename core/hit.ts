import { isbot } from 'isbot';
import { nameOf } from './name.ts';
import { parsePage } from './page.ts';

/** What arrived at /track: text and headers, all untrusted. */
export interface Hit {
  body: string;
  origin?: string | undefined;
  userAgent?: string | undefined;
}

/** A hit that was accepted. An empty source means that the page view carries none. */
export interface PageView {
  url: string;
  source: string;
}

/** Why a hit is not counted. */
export const refusals = ['malformed', 'foreign site', 'too long', 'bot'] as const;
export type Refusal = (typeof refusals)[number];

// A sort key holds 1,024 bytes (DynamoDB), and 4 KB of body is more than any honest page sends.
const maxBodyBytes = 4096;
const maxUrlBytes = 1000;

/** Turns a hit into a page view of one of the `sites` (hosts, as in the address bar), or into the reason against it. */
export function parseHit(hit: Hit, sites: string[]): PageView | Refusal {
  const fields = parseFields(hit.body);
  const page = fields?.url && parsePage(fields.url, hit.origin);
  if (!fields || !page) return 'malformed';
  if (!isListed(page.host, sites)) return 'foreign site';
  if (hit.origin !== undefined && !isListed(hostOf(hit.origin), sites)) return 'foreign site';
  if (!hit.userAgent || isbot(hit.userAgent) || fields.bot) return 'bot';
  if (page.url.length > maxUrlBytes) return 'too long';
  return { url: page.url, source: nameOf(fields.utm_source ?? '') };
}

const fieldTypes = {
  url: 'string',
  referrer: 'string',
  utm_source: 'string',
  utm_medium: 'string',
  utm_campaign: 'string',
  utm_term: 'string',
  utm_content: 'string',
  tz: 'string',
  width: 'number',
  bot: 'boolean',
} as const;

type TypeNames = { string: string; number: number; boolean: boolean };
type Fields = { [Name in keyof typeof fieldTypes]?: TypeNames[(typeof fieldTypes)[Name]] };

/** The known fields of a body, or undefined where it is too large, not an object, or a field has the wrong type. */
function parseFields(body: string): Fields | undefined {
  if (new TextEncoder().encode(body).length > maxBodyBytes) return undefined;
  const object = parseObject(body);
  if (!object) return undefined;
  const fields: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(fieldTypes)) {
    const value = object[name] ?? '';
    if (value === '') continue; // null and the empty string mean absent
    if (typeof value !== type) return undefined;
    fields[name] = value;
  }
  return fields;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : '');

/** A site answers with and without `www.`; which of the two a page is counted under, its canonical link decides. */
const isListed = (host: string, sites: string[]) =>
  sites.includes(host) || sites.includes(host.startsWith('www.') ? host.slice(4) : `www.${host}`);
