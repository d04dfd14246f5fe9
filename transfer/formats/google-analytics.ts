import { eachRecord } from '../files/records.ts';
import type { Format } from '../format.ts';
import { countReportLine } from './count-report-line.ts';
import { reportCells } from './report-cells.ts';
import { columnsOf, headersIn, isDated, kindOfTable, type ReportTable } from './report-table.ts';
import { countRest, tableSums } from './table-sums.ts';

const undated =
  'This report of Google Analytics has no column "Date", so its numbers have no day. ' +
  'In Explore, make a free form with the rows "Date" and "Page path and screen class" and the values "Views" and "Active users". ' +
  'Export it as CSV, with English as the language of your Google account.';

/** The CSV of a report of Google Analytics 4 that has a column of dates. */
export const googleAnalytics: Format = {
  name: 'google-analytics',
  title: 'Google Analytics 4',
  lacks: [
    'hours, unless the report has them',
    'sources, countries, devices, browsers and systems by page',
    'durations',
    'bounce rates of each source and campaign',
    'events',
    'what its thresholds and its samples leave out',
  ],
  recognizes(entries) {
    const headers = entries.flatMap(headersIn);
    if (headers.some(isDated)) return true;
    return headers.length > 0 || entries.some(({ head }) => /^# -{20,}/.test(head)) ? undated : false;
  },
  async read(entries, scope, sink) {
    const sums = tableSums();
    const owners = new Map<string, number>();
    let tables = 0;
    for (const entry of entries) {
      let table: ReportTable | undefined;
      let isBelowComment = true;
      await eachRecord(entry, (values) => {
        const columns = columnsOf(values);
        if (values[0]?.startsWith('#')) isBelowComment = true;
        else if (isBelowComment || isDated(columns)) {
          isBelowComment = false;
          table = { kind: kindOfTable(columns), number: ++tables, columns };
        } else if (table)
          countReportLine({ table, cells: reportCells(table.columns, values), owners, sums, scope, sink });
      });
    }
    countRest(sums, 'dates', sink);
  },
};
