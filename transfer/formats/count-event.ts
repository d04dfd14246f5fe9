import type { ImportedCounts, Sink } from '../format.ts';

/** Passes events of one name and day to a sink. The name is normalized. */
export function countEvent(
  sink: Sink,
  table: string,
  { event, count, ...of }: Pick<ImportedCounts, 'day' | 'url'> & { event: string; count: number },
): void {
  if (event === '') sink.drop(table, 'event without a name');
  else sink.counts(table, { ...of, counters: { [`event_${event}`]: count }, told: { events: count } });
}
