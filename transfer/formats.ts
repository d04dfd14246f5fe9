import { headerOf } from './files/records.ts';
import { type Entry, type Format, UnreadableFile } from './format.ts';
import { accessLog } from './formats/access-log.ts';
import { fathom } from './formats/fathom.ts';
import { goatcounterCsv } from './formats/goatcounter-csv.ts';
import { goatcounterJson } from './formats/goatcounter-json.ts';
import { googleAnalytics } from './formats/google-analytics.ts';
import { matomo } from './formats/matomo.ts';
import { neutralCsv } from './formats/neutral-csv.ts';
import { plausible } from './formats/plausible.ts';
import { simpleAnalytics } from './formats/simple-analytics.ts';
import { umami } from './formats/umami.ts';

/** All formats, in the order in which they are tried. */
export const formats: Format[] = [
  ...[plausible, goatcounterJson, goatcounterCsv, umami, simpleAnalytics, fathom, matomo],
  ...[accessLog, neutralCsv, googleAnalytics],
];

/** Returns the format of an export, by its content. Throws `UnreadableFile` with what to export instead if there is none. */
export function recognize(entries: Entry[]): Format {
  let advice: string | undefined;
  for (const format of formats) {
    const answer = format.recognizes(entries);
    if (answer === true) return format;
    if (answer !== false) advice ??= answer;
  }
  const names = entries.map(({ name }) => name).slice(0, 3);
  const files = entries.length > names.length ? [...names, '…'] : names;
  throw new UnreadableFile(advice ?? `${files.join(', ')}: ${adviceFor(entries)}`);
}

function adviceFor(entries: Entry[]): string {
  const headers = entries.map(headerOf).filter((header) => header.length > 1);
  const hasDates = headers.flat().some((name) => /date|time|day|created|_at$/.test(name));
  if (headers.length > 0 && !hasDates)
    return 'these numbers have no dates. Export them by day: docs/importing.md says how for each tool.';
  return 'no known export. docs/importing.md lists the exports that Footfall reads, and how to make them.';
}
