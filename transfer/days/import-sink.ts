import { type Day, dayAfter, dayAt } from '../../core/calendar/day.ts';
import type { Campaign, RefusedHit } from '../../core/collect/hit.ts';
import { normalizeName } from '../../core/collect/name.ts';
import { maxUrlBytes } from '../../core/collect/page-url.ts';
import { addTo } from '../../core/counters/counter-sums.ts';
import { campaignFields } from '../../core/counters/dimensions.ts';
import { refusalCounters } from '../../core/counters/hit-counters.ts';
import { importedPage } from '../../core/counters/imported-page.ts';
import { type Counters, notCountedOf, other } from '../../core/counters/names.ts';
import { comparedMetrics } from '../compared-metrics.ts';
import { type ImportedView, type Sink, type Told, UnreadableFile } from '../format.ts';
import { firstPossibleDay, isPossibleTime } from '../formats/parse-time.ts';
import { foreignPage } from '../formats/site-hosts.ts';
import type { DayFiles } from './day-files.ts';
import type { DayRecord } from './day-record.ts';
import { type NameOptions, recordNames } from './record-names.ts';
import { countOf, leaveOut, nothingTaken, type Taken } from './taken.ts';

const maxReasons = 20;

/** What the records become. */
export interface SinkOptions extends NameOptions {
  /** In milliseconds since 1970. */
  now: number;
  /** Returns why a day is left out, or undefined. */
  whyLeftOut: (day: Day) => string | undefined;
}

/** A sink that must be told when all is read. */
export interface ImportSink extends Sink {
  taken: Taken;
  /** Adds to what the file says, for the receipt. */
  tell(told: Told): void;
  finish(): void;
}

/** Returns a sink that normalizes records as live hits are, and appends them to the files of their days. */
export function importSink(options: SinkOptions, files: DayFiles<DayRecord>): ImportSink {
  const { origin, timeZone, now, whyLeftOut } = options;
  const { host } = new URL(origin);
  // Some tools have days in another time zone.
  const lastPossibleDay = dayAfter(dayAt(now, timeZone), 1);
  const { hashed, momentOf, botOf, audienceOfClient, referrer, pageOf } = recordNames(options);
  const refusals = new Map<Day, Counters>();
  const taken = nothingTaken();

  /** The hosts of other sites may be many. */
  function drop(table: string, reason: string): void {
    const { dropped } = countOf(taken, table);
    addTo(dropped, dropped.has(reason) || dropped.size < maxReasons ? reason : 'other reasons', 1);
  }

  /** Returns whether a day is left out, and notes it. */
  function isLeftOut(table: string, day: Day): boolean {
    const reason = whyLeftOut(day);
    if (reason === undefined) return false;
    drop(table, reason);
    leaveOut(taken, reason, day);
    return true;
  }

  function tell(told: Told): void {
    for (const metric of comparedMetrics) if (told[metric] !== undefined) addTo(taken.told, metric, told[metric]);
  }

  function refuse(table: string, day: Day, hit: RefusedHit): void {
    drop(table, hit.bot ? `bot (${hit.bot})` : hit.refusal);
    const counters = refusals.get(day) ?? {};
    for (const name of Object.keys(refusalCounters(hit))) counters[name] = (counters[name] ?? 0) + 1;
    refusals.set(day, counters);
  }

  /** Returns why a live hit like this would be refused, or undefined. */
  function refusalOf({ client, referrer: text }: ImportedView, url: string): RefusedHit | undefined {
    const bot = 'userAgent' in client ? botOf(client.userAgent) : undefined;
    if (bot) return { refusal: 'bot', bot };
    if (referrer(text).isSpam) return { refusal: 'spam' };
    return url.length > maxUrlBytes ? { refusal: 'too long' } : undefined;
  }

  return {
    taken,
    drop,
    tell,
    finish() {
      for (const [day, counters] of refusals) files.append(day, '', { url: notCountedOf(host), counters });
    },

    view(table, view) {
      if (!isPossibleTime(view.time, now)) throw impossibleDate();
      const { day, hour } = momentOf(view.time);
      const url = pageOf(view.url);
      if (url === undefined) return drop(table, foreignPage(view.url));
      if (isLeftOut(table, day)) return;
      const refused = refusalOf(view, url);
      if (refused) return refuse(table, day, refused);
      const event = view.event ? normalizeName(view.event) : '';
      if (view.event !== undefined && event === '') return drop(table, 'event without a name');
      const { cameFromSite, name } = referrer(view.referrer);
      const visitor = hashed(view.visitor);
      const visit = hashed(view.visit ?? '');
      files.append(day, visitor || visit || hashed(url), {
        ...{ time: Math.floor(view.time / 1000), hour, url, visitor, visit, event },
        ...{ referrer: name, cameFromSite, campaign: campaignOf(view.campaign) },
        client: 'userAgent' in view.client ? audienceOfClient(view.client) : view.client,
      });
      countOf(taken, table).kept++;
      taken.hasHours ||= event === '';
      tell(event === '' ? { views: 1 } : { events: 1 });
    },

    counts(table, { day, url: text, counters: all, told = {} }) {
      if (day < firstPossibleDay || day > lastPossibleDay) throw impossibleDate();
      const page = text === undefined ? importedPage : pageOf(text);
      if (page === undefined) return drop(table, foreignPage(text ?? ''));
      if (isLeftOut(table, day)) return;
      const url = page.length > maxUrlBytes ? other : page;
      const counters = withoutZeros(all);
      files.append(day, hashed(url), { url, counters });
      taken.hasHours ||= Object.keys(counters).some((name) => name.startsWith('hour_'));
      countOf(taken, table).kept++;
      tell(told);
    },
  };
}

const impossibleDate = () =>
  new UnreadableFile('its date is before 1990 or in the future. Correct or remove the line.');

function campaignOf(campaign: Campaign): Campaign {
  const normalized: Campaign = {};
  for (const field of campaignFields) {
    const name = campaign[field] && normalizeName(campaign[field]);
    if (name) normalized[field] = name;
  }
  return normalized;
}

/** Stored counters are never 0. */
const withoutZeros = (counters: Counters): Counters =>
  Object.fromEntries(Object.entries(counters).filter(([, count]) => count > 0));
