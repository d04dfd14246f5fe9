import { type Expected, expectedOfEvent, expectedOfView, type Memory, type Span } from './expected.ts';
import type { SimulatedHit } from './visit.ts';

/** What /track answered: the status, and the reason if the hit was refused. Status 0: no answer came. */
export interface Answer {
  status: number;
  refusal?: string;
}

/** Expected increments, by day, URL and counter. */
export type Cells = Record<string, Record<string, Record<string, number>>>;

/** The books of a run. */
export interface Ledger {
  timeZone: string;
  sent: number;
  statuses: Record<string, number>;
  /** Refusals by reason: as they should be, and as they were answered. */
  refusals: Record<string, { sent: number; answered: number }>;
  cells: Cells;
  /** What may have been counted or not: of hits without an answer, or with a server's error for one. */
  uncertain: Cells;
  /** How many hits took how many milliseconds, in steps of a tenth. */
  latencies: Record<string, number>;
  /** Hits of which nobody can say whether they were counted: without an answer, or with a server's error for one. */
  unanswered: number;
}

/** An empty ledger for a site whose days are those of a time zone. */
export const emptyLedger = (timeZone: string): Ledger => ({
  timeZone,
  sent: 0,
  statuses: {},
  refusals: {},
  cells: {},
  uncertain: {},
  latencies: {},
  unanswered: 0,
});

/** The calendar date, `2026-11-21`, at an instant (ms) in a time zone. */
export const dateAt = (at: number, timeZone: string): string => new Date(at).toLocaleDateString('sv-SE', { timeZone });

/** The hour, `00` to `23`, that clocks in a time zone show at an instant (ms). */
export const hourAt = (at: number, timeZone: string): string =>
  new Date(at).toLocaleTimeString('sv-SE', { timeZone }).slice(0, 2);

/** Who was seen so far in a run. A visitor's hits have to be entered in the order in which they were sent. */
export type Memories = Map<string, Memory>;

/** Enters a hit that was counted, if it was, within the `span`; and its answer, which took `latency` ms. */
export function enter(
  ledger: Ledger,
  memories: Memories,
  hit: SimulatedHit,
  span: Span,
  answer: Answer,
  latency: number,
): void {
  ledger.sent++;
  const tenths = latency.toFixed(1);
  ledger.latencies[tenths] = (ledger.latencies[tenths] ?? 0) + 1;
  const status = answer.status === 0 ? 'no answer' : String(answer.status);
  ledger.statuses[status] = (ledger.statuses[status] ?? 0) + 1;
  const uncertain = answer.status === 0 || answer.status >= 500;
  if (uncertain) ledger.unanswered++;
  if (answer.refusal !== undefined) refusal(ledger, answer.refusal).answered++;

  const { truth } = hit;
  const day = dateAt(span.from, ledger.timeZone);
  if ('refusal' in truth) refusal(ledger, truth.refusal).sent += uncertain ? 0 : 1;
  const url = 'refusal' in truth ? '(not counted)' : truth.url;
  const { sure, perhaps } = expectedOf(hit, day, hourAt(span.from, ledger.timeZone), span, memories, uncertain);
  for (const [counter, count] of Object.entries(sure)) {
    addTo(uncertain ? ledger.uncertain : ledger.cells, day, url, counter, count);
  }
  for (const [counter, count] of Object.entries(perhaps)) addTo(ledger.uncertain, day, url, counter, count);
}

function expectedOf(
  { truth, visitor }: SimulatedHit,
  day: string,
  hour: string,
  span: Span,
  memories: Memories,
  uncertain: boolean,
): Expected {
  if ('refusal' in truth) return { sure: { [truth.refusal]: 1 }, perhaps: {} };
  if ('event' in truth) return expectedOfEvent(truth);
  const { expected, memory } = expectedOfView(truth, day, hour, span, memories.get(visitor));
  memories.set(visitor, { ...memory, lost: memory.lost || uncertain });
  return expected;
}

export function addTo(cells: Cells, day: string, url: string, counter: string, count: number): void {
  cells[day] ??= {};
  cells[day][url] ??= {};
  cells[day][url][counter] = (cells[day][url][counter] ?? 0) + count;
}

function refusal({ refusals }: Ledger, reason: string) {
  refusals[reason] ??= { sent: 0, answered: 0 };
  return refusals[reason];
}

/** Cells as a list. */
export function flat(cells: Cells) {
  return Object.entries(cells).flatMap(([day, pages]) =>
    Object.entries(pages).flatMap(([url, counters]) =>
      Object.entries(counters).map(([counter, count]) => ({ day, url, counter, count })),
    ),
  );
}
