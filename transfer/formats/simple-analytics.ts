import { momentAt } from '../../core/calendar/day.ts';
import type { Audience } from '../../core/collect/audience.ts';
import { isSpam } from '../../core/collect/referrer.ts';
import type { Counters } from '../../core/counters/names.ts';
import { eachRow, hasColumns, type Row } from '../files/records.ts';
import { audienceNamed } from '../foreign-names/audience-named.ts';
import { linkNamed } from '../foreign-names/link-named.ts';
import type { Entry, Format, ImportScope, Sink } from '../format.ts';
import { campaignNamed, originCounters, referrerFrom, utmColumns, utmOf } from './origin-counters.ts';
import { parseTime } from './parse-time.ts';
import { foreignPage, isHostOfSite } from './site-hosts.ts';

const columns = [
  ...['added_iso', 'hostname', 'hostname_original', 'path', 'is_unique', 'is_robot', 'document_referrer'],
  ...utmColumns,
  ...['device_type', 'country_code'],
  ...['browser_name', 'os_name', 'lang_language', 'viewport_width', 'user_agent', 'datapoint', 'session_id'],
] as const;
type Datapoint = Row<(typeof columns)[number]>;

const table = 'datapoints';

/** The CSV of raw data points that Simple Analytics exports. */
export const simpleAnalytics: Format = {
  name: 'simple-analytics',
  title: 'Simple Analytics',
  lacks: ['bounces and durations, unless the column session_id is in the export'],
  recognizes: (entries) => entries.some(isDatapoints),
  async read(entries, scope, sink) {
    for (const entry of entries) {
      if (!isDatapoints(entry)) sink.drop(entry.name, 'unknown table');
      else
        await eachRow(entry, columns, (row) => {
          if (row.is_robot.toLowerCase() === 'true') return sink.drop(table, 'bot');
          const isView = row.datapoint === '' || row.datapoint === 'pageview';
          if (isView && row.session_id === '') {
            if (isSpam(linkNamed(row.document_referrer))) sink.drop(table, 'spam');
            else if (!isHostOfSite(hostOf(row), scope)) sink.drop(table, foreignPage(hostOf(row)));
            else countAlone(row, scope, sink);
            return;
          }
          sink.view(table, {
            time: parseTime(row.added_iso),
            url: urlOf(row),
            visitor: row.session_id,
            visit: row.session_id || undefined,
            referrer: linkNamed(row.document_referrer),
            campaign: utmOf(row),
            client: audienceIn(row),
            event: isView ? undefined : row.datapoint,
          });
        });
    }
  },
};

const isDatapoints = (entry: Entry) => hasColumns(entry, 'added_iso', 'path', 'document_referrer');

const hostOf = (row: Datapoint) => (row.hostname_original || row.hostname).toLowerCase();
const urlOf = (row: Datapoint) => {
  const path = row.path.startsWith('/') ? row.path : `/${row.path}`;
  return hostOf(row) === '' ? path : `https://${hostOf(row)}${path}`;
};

const audienceIn = (row: Datapoint): Audience =>
  audienceNamed({
    userAgent: row.user_agent,
    width: row.viewport_width,
    country: row.country_code,
    device: row.device_type,
    browser: row.browser_name,
    os: row.os_name,
    language: row.lang_language,
  });

/** Counts a view without a session. A unique one begins a visit, and nothing tells whether that goes on. */
function countAlone(row: Datapoint, scope: ImportScope, sink: Sink): void {
  const { day, hour } = momentAt(parseTime(row.added_iso), scope.timeZone);
  const referrer = referrerFrom(linkNamed(row.document_referrer), scope);
  const origin = { referrer, campaign: campaignNamed(utmOf(row)) };
  const isUnique = row.is_unique.toLowerCase() === 'true' || row.is_unique === '1';
  const visits = isUnique ? 1 : 0;
  const counters: Counters = {
    ...{ views: 1, [`hour_${hour}`]: 1 },
    ...originCounters(origin, { views: 1, visits }),
    ...(isUnique && { visitors: 1, site_visitors: 1, visits, unlinked: visits }),
  };
  if (isUnique) for (const [name, word] of Object.entries(audienceIn(row))) counters[`${name}_${word}`] = 1;
  sink.counts(table, { day, url: urlOf(row), counters, told: { views: 1, visits, visitors: visits } });
}
