import { readSetting } from '../config/settings.ts';
import { isDay } from '../core/calendar/day.ts';
import { parsePageUrl, pathOf } from '../core/collect/page-url.ts';
import { lakeColumns } from '../core/lake/lake-record.ts';
import { sqlText } from '../core/lake/sql-text.ts';

interface Parameter {
  /** What --list and an error say that it takes. */
  takes: string;
  /** Returns the text as SQL, or undefined if it is wrong. */
  sql: (text: string) => string | undefined;
}

const uncounted = ['date', 'page', 'before', 'event', 'nth'];
const columns: string[] = lakeColumns.filter((column) => !uncounted.includes(column));
const column: Parameter = {
  takes: `one of ${columns.join(', ')}`,
  sql: (text) => (columns.includes(text) ? text : undefined),
};
const day: Parameter = { takes: 'a day like 2026-11-21', sql: (text) => (isDay(text) ? sqlText(text) : undefined) };
export const maxRows = 10_000;

/** What a question can ask for. Values from outside become SQL here, and nowhere else. */
export const parameters = {
  site: {
    takes: 'a host like blog.example.com',
    sql: (text) => sqlText((siteOfUrl(text) || text).toLowerCase().replace(/^www\./, '')),
  },
  from: day,
  to: day,
  rows: {
    takes: `a number from 1 to ${maxRows}`,
    sql: (text) => (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= maxRows ? String(Number(text)) : undefined),
  },
  page: { takes: 'a path or URL like /about', sql: pageSql },
  country: {
    takes: 'a code like FR',
    sql: (text) => (/^[a-z]{2}$/i.test(text) ? sqlText(text.toUpperCase()) : undefined),
  },
  device: {
    takes: 'desktop, mobile or tablet',
    sql: (text) => (/^(desktop|mobile|tablet)$/.test(text) ? sqlText(text) : undefined),
  },
  by: column,
  across: column,
} as const satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof parameters;

export const isParameter = (name: string): name is ParameterName => Object.hasOwn(parameters, name);

/** Returns a value as SQL. Throws an Error that says what the parameter takes. */
export function parameterSql(name: ParameterName, text: string): string {
  const sql = parameters[name].sql(text);
  if (sql === undefined) throw new Error(`--${name} takes ${parameters[name].takes}, not "${text}".`);
  return sql;
}

/** Returns the host of a text that is a URL. Returns undefined or an empty text if it is a path or a host. */
export const siteOfUrl = (page = ''): string | undefined => URL.parse(page)?.host;

/** Returns the path under which a page is counted, which the owner may have copied from the address bar. */
function pageSql(text: string): string | undefined {
  const url = text.startsWith('/') ? `http://site${text}` : text;
  const page = parsePageUrl(url, undefined, readSetting('PAGE_URLS', process.env));
  return page && sqlText(pathOf(page.url));
}
