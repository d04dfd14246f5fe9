import { linkNamed } from '../foreign-names/link-named.ts';
import type { ReportColumn } from '../foreign-names/report-columns.ts';
import { UnreadableFile } from '../format.ts';
import { campaignNamed, type Origin } from './origin-counters.ts';
import { parseCount } from './parse-count.ts';
import type { Columns } from './report-table.ts';
import { hostNamed } from './site-hosts.ts';

/** The cells of a line of a report of Google Analytics that are known. */
export type ReportCells = { [Column in ReportColumn]?: string };

/** Returns the cells that are known, by their column. Throws `UnreadableFile` if the line is cut. */
export function reportCells(columns: Columns, values: string[]): ReportCells {
  const cells: ReportCells = {};
  for (const [i, column] of columns.entries()) if (column !== undefined) cells[column] ??= values[i]?.trim() ?? '';
  if (values.length < columns.length && hasDate(cells))
    throw new UnreadableFile(`the line has ${values.length} of ${columns.length} fields. Export the file again.`);
  return cells;
}

/** Returns whether a line has a date. Totals have none. */
export const hasDate = ({ date, hour }: ReportCells) => /^\d/.test(date ?? hour ?? '');

/** Returns the host of a line's page. Empty if it is not told. */
export const hostOf = ({ host, page, landingPage }: ReportCells) => {
  const address = page ?? landingPage ?? '';
  return hostNamed(host ?? (/^https?:/.test(address) ? address : ''));
};

/** Returns the URL or the path of a page, or undefined for `(other)` and the like. */
export function urlOf(cells: ReportCells): string | undefined {
  const address = cells.page ?? cells.landingPage ?? '';
  if (/^https?:/.test(address)) return address;
  if (!address.startsWith('/')) return undefined;
  return hostOf(cells) === '' ? address : `https://${hostOf(cells)}${address}`;
}

/** Returns a number without the marks that divide thousands: `1.234`, `1 234`. */
export function numberOf(text = ''): number {
  return parseCount(/^\d{1,3}([.,\s'’]\d{3})+$/.test(text) ? text.replace(/\D/g, '') : text);
}

/** Returns the numbers of visits. Without engaged sessions, nothing tells whether they went on. */
export function visitNumbers({ sessions, engaged }: ReportCells) {
  const visits = numberOf(sessions);
  return engaged === undefined
    ? { visits, unlinked: visits }
    : { visits, engaged: Math.min(visits, numberOf(engaged)) };
}

/** Google Analytics names a source and a medium for links without utm parameters, too: these mediums. */
const mediumsOfLinks = ['organic', 'referral', '', '(none)', '(not set)'];

/** Returns where the visits of a line come from. */
export function originOf(cells: ReportCells): Origin {
  const [source = '', medium = ''] = cells.sourceAndMedium?.split(' / ') ?? [cells.source, cells.medium];
  if (mediumsOfLinks.includes(medium)) return { referrer: linkNamed(source), campaign: {} };
  return { referrer: '', campaign: campaignNamed({ source, medium, campaign: cells.campaign ?? '' }) };
}
