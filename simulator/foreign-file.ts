import type { DatedHit } from './clickstream.ts';
import { combinedLog } from './combined-log.ts';
import { plausibleZip } from './plausible-zip.ts';
import { umamiEvents } from './umami-events.ts';

/** The exports of other tools that hits can be written as. */
export const foreignFormats = ['access-log', 'umami', 'plausible'] as const;
export type ForeignFormat = (typeof foreignFormats)[number];

/** Returns what another tool would export, if it had counted these hits in a time zone. */
export function foreignFile(format: ForeignFormat, hits: DatedHit[], timeZone: string): string | Uint8Array {
  if (format === 'access-log') return combinedLog(hits);
  return format === 'umami' ? umamiEvents(hits, timeZone) : plausibleZip(hits, timeZone);
}
