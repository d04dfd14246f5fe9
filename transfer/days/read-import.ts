import type { Day } from '../../core/calendar/day.ts';
import type { Caps } from '../../core/counters/caps.ts';
import { siteOf } from '../../core/counters/names.ts';
import type { SummaryCaps } from '../../core/counters/summary-builder.ts';
import type { ImportedSummary } from '../../store/imports.ts';
import type { Entry, Format } from '../format.ts';
import { summariesOf } from './add-up.ts';
import { dayFiles } from './day-files.ts';
import type { DayRecord } from './day-record.ts';
import { importSink, type SinkOptions } from './import-sink.ts';
import type { Taken } from './taken.ts';

/** How to read an export. */
export interface ReadOptions extends SinkOptions {
  caps: Caps;
  summaryCaps: SummaryCaps;
}

/** An export that is read, in temporary files. */
export interface ReadImport {
  days: Day[];
  taken: Taken;
  /** Yields the summaries of all days, months and years. Completes what is `taken`. Runs once. */
  summaries(): Generator<ImportedSummary>;
  /** Deletes the temporary files. */
  close(): void;
}

/**
 * Reads an export into temporary files, one for each day. `onStart` takes what fills up meanwhile. Throws `UnreadableFile`
 * if the export breaks its format.
 */
export async function readImport(
  format: Format,
  entries: Entry[],
  options: ReadOptions,
  onStart?: (taken: Taken) => void,
): Promise<ReadImport> {
  const files = dayFiles<DayRecord>();
  const sink = importSink(options, files);
  const site = siteOf(new URL(options.origin).host);
  onStart?.(sink.taken);
  try {
    await format.read(entries, { site, timeZone: options.timeZone, now: options.now }, sink);
    sink.finish();
  } catch (error) {
    files.remove();
    throw error;
  }
  return {
    days: files.days(),
    taken: sink.taken,
    summaries: () => summariesOf(files, { ...options, tell: sink.tell }),
    close: files.remove,
  };
}
