import { dayAt } from '../../core/calendar/day.ts';
import type { Audience } from '../../core/collect/audience.ts';
import { botFamilyOf } from '../../core/collect/bot.ts';
import type { Campaign } from '../../core/collect/hit.ts';
import { normalizeName } from '../../core/collect/name.ts';
import { eachRow, hasColumns, type Row } from '../files/records.ts';
import { audienceNamed } from '../foreign-names/audience-named.ts';
import { linkNamed } from '../foreign-names/link-named.ts';
import type { Entry, Format } from '../format.ts';
import { countEvent } from './count-event.ts';
import { parseTime } from './parse-time.ts';

/** The first column has the version before its name. In version 1, the browser is a user agent. */
const columns = [
  ...['1Path', '2Path', 'Event', 'UserAgent', 'Browser', 'System', 'Session', 'Bot', 'Referrer', 'Referrer scheme'],
  ...['Screen size', 'Location', 'Date'],
] as const;
type View = Row<(typeof columns)[number]>;

const table = 'pageviews';

/** The CSV of views that GoatCounter exports, versions 1 and 2. */
export const goatcounterCsv: Format = {
  name: 'goatcounter-csv',
  title: 'GoatCounter (CSV)',
  lacks: ['languages', 'campaigns apart from their source', 'pages and sources of events'],
  recognizes: (entries) => entries.some(isViews),
  async read(entries, scope, sink) {
    for (const entry of entries) {
      if (!isViews(entry)) sink.drop(entry.name, 'unknown table');
      else
        await eachRow(entry, columns, (row) => {
          const path = row['1Path'] || row['2Path'];
          const userAgent = row.UserAgent || (row['1Path'] === '' ? '' : row.Browser);
          if (!isNo(row.Bot) || (userAgent !== '' && botFamilyOf(userAgent, false))) return sink.drop(table, 'bot');
          const time = parseTime(row.Date);
          if (!isNo(row.Event)) {
            const day = dayAt(time, scope.timeZone);
            return countEvent(sink, table, { day, url: undefined, event: normalizeName(path), count: 1 });
          }
          sink.view(table, {
            time,
            url: path,
            visitor: row.Session,
            ...originOf(row),
            client: audienceIn(row, userAgent),
          });
        });
    }
  },
};

const isViews = (entry: Entry) =>
  hasColumns(entry, '2Path', 'FirstVisit', 'Date') || hasColumns(entry, '1Path', 'FirstVisit', 'Date');

const isNo = (text: string) => text === '' || text === '0' || text.toLowerCase() === 'false';

const originOf = (row: View): { referrer: string; campaign: Campaign } =>
  row['Referrer scheme'] === 'c'
    ? { referrer: '', campaign: { source: row.Referrer } }
    : { referrer: linkNamed(row.Referrer), campaign: {} };

const audienceIn = (row: View, userAgent: string): Audience =>
  audienceNamed({
    userAgent,
    width: row['Screen size'],
    country: row.Location,
    ...(row['1Path'] === '' && { browser: row.Browser, os: row.System }),
  });
