import { dayAfter } from '../calendar/day.ts';
import { type DimensionName, dimensions, nounOf, visitDimensions } from '../counters/dimensions.ts';
import { direct, siteOf, unknown } from '../counters/names.ts';
import { type Filter, type FilterName, namesOfFilter } from '../report/filter.ts';
import { isFolder } from '../report/folders.ts';
import { quoted } from '../report/quoted.ts';
import { endsOf } from '../report/range.ts';
import type { Scope } from '../report/scope.ts';
import { sqlText } from './sql-text.ts';

/** The dimensions of visits that are columns of the lake. */
export const lakeDimensions = visitDimensions.filter((dimension) => dimension !== 'channel');

/** What the lake knows of an event, besides its page. */
const ofEvents: DimensionName[] = ['language', 'device', 'browser', 'os'];

/** The most names and pages of an answer. Those with the least are left out. */
export const maxNames = 2_500;

/** Returns why the lake cannot answer a scope either, as a sentence. Returns undefined if it can. */
export function lakeRefusal({ filter }: Scope): string | undefined {
  const wanted = namesOfFilter(filter).map(({ dimension }) => dimension);
  if (wanted.includes('channel')) return 'The lake keeps no channel: filter by referrer, source or medium.';
  const lacking = wanted.find((dimension) => dimension !== 'event' && !ofEvents.includes(dimension));
  if (wanted.includes('event') && lacking)
    return `The lake keeps events without ${nounOf(lacking)}: filter them by page, ${ofEvents.slice(0, -1).map(nounOf).join(', ')} or ${ofEvents.slice(-1).map(nounOf)}.`;
  const page = { dimension: 'page', name: filter.page ?? '' };
  const hidden = [page, ...namesOfFilter(filter)].find(({ name }) => name.includes('\0'));
  return hidden && `The lake has no ${hidden.dimension} ${quoted(hidden.name)}.`;
}

/**
 * Returns the select that adds up the records of a scope: by date, by page, and by each dimension. A column is null in the
 * rows that do not add up by it. It reads each record once. `fits` is whether records pass the filter. Of the others only
 * the dates are counted, which tell the days that the lake has. `sites` is how many there are.
 */
export function lakeSelect(scope: Scope, sites: number): string {
  const { range, site, filter } = scope;
  const [first, last] = endsOf(range);
  const time = range.unit === 'hour' ? ['date', 'hour'] : ['date'];
  const names = isOfEvents(filter) ? [] : [...lakeDimensions, 'event'];
  const flow = followsCondition(filter);
  const columns = ['fits', ...(flow ? ['follows', 'before'] : []), ...time, 'site', 'page', ...names];
  const sets = [
    ...[['site', ...time], ['site', 'page'], ...names.map((name) => [name])].map((set) => ['fits', ...set]),
    ...(flow
      ? [
          ['fits', 'before'],
          ['follows', 'site', 'page'],
        ]
      : []),
  ];
  const within = [
    // A file is in the folder of the day when its first record came. Around midnight that is not the day of each record.
    `day between ${sqlText(dayAfter(first, -1))} and ${sqlText(dayAfter(last, 1))}`,
    `date between ${sqlText(first)} and ${sqlText(last)}`,
    ...(site === undefined ? [] : [`site = ${sqlText(siteOf(site))}`]),
  ];
  const mostTimes = 2 * sites * range.days.length * (range.unit === 'hour' ? 24 : 1);
  return `select ${columns.join(', ')}, count(*) - count(is_event) as views, count(is_visit) as visits, count(is_event) as events
from (
  select ${time.join(', ')}, site, page, ${names.map((name) => `coalesce(${name}, '') as ${name}, `).join('')}
    ${flow ? `coalesce(before, '') as before, coalesce(${flow}, false) as follows, ` : ''}
    case when event is not null then 1 end as is_event, case when nth = 1 then 1 end as is_visit,
    coalesce(${conditions(filter).join(' and ')}, false) as fits
  from events
  where ${within.join(' and ')}
) as records
group by grouping sets (${sets.map((set) => `(${set.join(', ')})`).join(', ')})
having fits or date is not null${flow ? ' or follows' : ''}
order by case when date is null then 1 else 0 end, count(*) desc
limit ${maxNames + mostTimes}`;
}

/** Returns whether a filter shows an event. Nothing else is then counted. */
export const isOfEvents = (filter: Filter): boolean =>
  namesOfFilter(filter).some(({ dimension }) => dimension === 'event');

/** Returns the conditions under which a record passes the filter. All values are quoted. */
function conditions(filter: Filter): string[] {
  const { page } = filter;
  return [...(page === undefined ? [] : conditionsOfPage(page)), ...namesOfFilter(filter).map(conditionOfName)];
}

/**
 * Returns the condition under which a page led to a record. Returns undefined if the filter is not about one page, or if it has
 * names that only the first view of a visit has.
 */
function followsCondition({ page, ...filter }: Filter): string | undefined {
  const isOfClients = namesOfFilter(filter).every(({ dimension }) => dimensions[dimension].from === 'client');
  if (page === undefined || isFolder(page) || !isOfClients) return undefined;
  const { host, path } = placeOf(page);
  const led = [`site = ${sqlText(siteOf(host))}`, `before = ${sqlText(path)}`];
  return [...led, ...conditions(filter)].join(' and ');
}

/** Returns whether a select tells what people read before and after the page of a filter. */
export const hasFlows = (filter: Filter): boolean => followsCondition(filter) !== undefined;

function conditionsOfPage(page: string): string[] {
  const { host, path } = placeOf(isFolder(page) ? page.slice(0, -1) : page);
  const ofSite = `site = ${sqlText(siteOf(host))}`;
  if (!isFolder(page)) return [ofSite, `page = ${sqlText(path)}`];
  return [ofSite, `(page = ${sqlText(path.slice(0, -1))} or starts_with(page, ${sqlText(path)}))`];
}

/** Returns host and path of a page's URL. */
function placeOf(url: string) {
  const [, host = '', path = ''] = /^https?:\/\/([^/]*)(.*)$/s.exec(url) ?? [];
  return { host, path };
}

/**
 * A column is null where counters have a name in brackets. A page of the site has led to a view with `before`. A visit may
 * begin with such a view after a pause. It is then direct, as in counters.
 */
function conditionOfName({ dimension, name }: FilterName): string {
  if (dimension === 'referrer' && name === direct) return '(referrer is null and (before is null or nth = 1))';
  const isUnknown = dimensions[dimension].from === 'client' && name === unknown;
  return isUnknown ? `${dimension} is null` : `${dimension} = ${sqlText(name)}`;
}
