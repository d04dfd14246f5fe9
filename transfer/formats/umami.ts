import { eachRow, hasColumns, headerOf, type Row } from '../files/records.ts';
import { audienceNamed } from '../foreign-names/audience-named.ts';
import type { Entry, Format, Sink } from '../format.ts';
import { utmColumns, utmOf } from './origin-counters.ts';
import { parseTime } from './parse-time.ts';

const table = 'website_event';
const columns = [
  ...['session_id', 'visit_id', 'hostname', 'browser', 'os', 'device', 'language', 'country', 'url_path', 'url_query'],
  ...utmColumns,
  ...['referrer_path', 'referrer_domain', 'event_type', 'event_name', 'created_at'],
] as const;

/** The numbers of `event_type` that stand for views and events. Others are links, pixels and measurements of speed. */
const [view, event] = ['1', '2'];

/** The table `website_event` of Umami as CSV: alone, or in the zip that Umami Cloud sends. */
export const umami: Format = {
  name: 'umami',
  title: 'Umami',
  lacks: [],

  recognizes(entries) {
    if (entries.some(isEvents)) return true;
    if (!entries.some((entry) => headerOf(entry).join() === 'x,y')) return false;
    return 'These are totals of Umami without dates. Export the table website_event instead: docs/importing.md says how.';
  },

  async read(entries, _scope, sink) {
    for (const entry of entries) {
      if (isEvents(entry)) await eachRow(entry, columns, (row) => takeRow(row, sink));
      else sink.drop(entry.name, 'unknown table');
    }
  },
};

function takeRow(row: Row<(typeof columns)[number]>, sink: Sink): void {
  const type = row.event_type || (row.event_name === '' ? view : event);
  if (type !== view && type !== event) {
    sink.drop(table, 'neither view nor event');
    return;
  }
  sink.view(table, {
    time: parseTime(row.created_at),
    url: urlOf(row.hostname, row.url_path, row.url_query),
    ...{ visitor: row.session_id, visit: row.visit_id },
    referrer: row.referrer_domain === '' ? '' : `https://${row.referrer_domain}${row.referrer_path}`,
    campaign: utmOf(row),
    client: audienceNamed(row),
    ...(type === event && { event: row.event_name }),
  });
}

const isEvents = (entry: Entry) => hasColumns(entry, 'session_id', 'visit_id', 'url_path', 'created_at');

function urlOf(host: string, path: string, query: string): string {
  const start = path.startsWith('/') ? path : `/${path}`;
  return `${host === '' ? '' : `https://${host}`}${start}${query === '' ? '' : `?${query}`}`;
}
