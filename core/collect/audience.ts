import Bowser from 'bowser';
import { getTimezone } from 'countries-and-timezones';
import { unknown } from '../counters/names.ts';
import type { devices } from './devices.ts';

/** A browser as it describes itself, untrusted. */
export interface Client {
  userAgent: string;
  /** The IANA name of its time zone. Empty if unknown. */
  timeZone: string;
  /** The width of its window in CSS pixels. 0 if unknown. */
  width: number;
  /** The header Accept-Language. Empty if unknown. */
  languages: string;
}

/** One word of a closed vocabulary for each dimension of a client. `(unknown)` is such a word. */
export interface Audience {
  /** ISO 3166-1, `FR`. The time zone tells it, because no IP address is looked up. */
  country: string;
  device: (typeof devices)[number];
  browser: string;
  os: string;
  /** ISO 639-1, `fr`. The first language that the browser accepts. */
  language: string;
}

/** The names of all browsers and systems. */
export const browsers: ReadonlySet<string> = new Set(Object.values(Bowser.BROWSER_MAP));
export const systems: ReadonlySet<string> = new Set(Object.values(Bowser.OS_MAP));
// ISO 639-1, all 183 of them: https://www.loc.gov/standards/iso639-2/php/code_list.php
const languages =
  'aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu';
export const languageCodes: ReadonlySet<string> = new Set(languages.split(' '));
/** Codes that some phones send for Hebrew, Indonesian, Yiddish and Tagalog. */
const codeAliases: { [code: string]: string } = { iw: 'he', in: 'id', ji: 'yi', fil: 'tl' };

/** Returns the audience that a client belongs to. */
export function audienceOf({ userAgent, timeZone, width, languages }: Client): Audience {
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    // getTimezone takes `constructor` for a zone.
    country: (/^[A-Z]/.test(timeZone) && getTimezone(timeZone)?.countries[0]) || unknown,
    device: deviceOf(platform.type ?? '', os.name ?? '', browser.name ?? '', width),
    browser: browsers.has(browser.name ?? '') ? (browser.name ?? unknown) : unknown,
    os: systems.has(os.name ?? '') ? (os.name ?? unknown) : unknown,
    language: languageOf(languages),
  };
}

/** Returns the first language of a header Accept-Language. */
export function languageOf(languages: string): string {
  const code = /^\s*([a-z]{2,3})\b/i.exec(languages)?.[1]?.toLowerCase() ?? '';
  const language = codeAliases[code] ?? code;
  return languageCodes.has(language) ? language : unknown;
}

/** Returns the kind of a device whose window is as wide. */
export function deviceOfWidth(width: number): Audience['device'] {
  if (!(width > 0)) return unknown;
  return width < 600 ? 'mobile' : width < 1024 ? 'tablet' : 'desktop';
}

/** Returns the kind of device. An iPad says that it is a Mac, but few windows on a Mac are as narrow as an upright iPad. */
function deviceOf(type: string, os: string, browser: string, width: number): Audience['device'] {
  if (type === 'mobile' || type === 'tablet') return type;
  if (os === 'macOS' && browser === 'Safari' && width > 0 && width <= 1024) return 'tablet';
  return type === 'desktop' || type === 'tv' ? 'desktop' : deviceOfWidth(width);
}
