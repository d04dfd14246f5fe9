import { type Expected, expectedOfEvent, expectedOfView, type Memory, type Span } from './expected.ts';
import type { SimulatedHit } from './simulated-visit.ts';

/** An answer of /track: its status and the reason of a refusal. Status 0 means no answer. */
export interface Answer {
  status: number;
  refusal?: string;
}

/** Expected increments, by day, URL and counter. */
export type Cells = Record<string, Record<string, Record<string, number>>>;

/** The record of a run: hits, answers and expected increments. */
export interface Ledger {
  timeZone: string;
  sent: number;
  statuses: Record<string, number>;
  /** Refusals by reason: expected and answered. */
  refusals: Record<string, { sent: number; answered: number }>;
  cells: Cells;
  /** Increments that may be missing: of hits without an answer or with a server error. */
  uncertain: Cells;
  /** The number of hits by latency, in tenths of a millisecond. */
  latencies: Record<string, number>;
  /** Hits without an answer or with a server error. They may have been counted. */
  unanswered: number;
}

/** Returns an empty ledger. */
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

// Making a formatter takes a hundred times as long as using it.
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Returns the date and hour at an instant (ms) in a time zone: `2026-11-21 09`. */
function dateAndHourAt(at: number, timeZone: string): string {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' });
  clocks.set(timeZone, clock);
  return clock.format(at);
}

/** Returns the date, `2026-11-21`, at an instant (ms) in a time zone. */
export const dateAt = (at: number, timeZone: string): string => dateAndHourAt(at, timeZone).slice(0, 10);

/** Returns the hour, `00` to `23`, at an instant (ms) in a time zone. */
export const hourAt = (at: number, timeZone: string): string => dateAndHourAt(at, timeZone).slice(-2);

/** The visitors of a run. Enter the hits of a visitor in the order of sending. */
export type Memories = Map<string, Memory>;

/** Enters a hit and its answer, which came after `latency` ms. If the hit counts, it does so within `span`. */
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
  const url = 'refusal' in truth ? `(not counted) ${truth.site ?? ''}`.trim() : truth.url;
  const { sure, perhaps } = expectedOf(hit, day, hourAt(span.from, ledger.timeZone), span, memories, uncertain);
  for (const [counter, count] of Object.entries(sure)) {
    addToCell(uncertain ? ledger.uncertain : ledger.cells, day, url, counter, count);
  }
  for (const [counter, count] of Object.entries(perhaps)) addToCell(ledger.uncertain, day, url, counter, count);
}

function expectedOf(
  { truth, visitor }: SimulatedHit,
  day: string,
  hour: string,
  span: Span,
  memories: Memories,
  uncertain: boolean,
): Expected {
  if ('refusal' in truth) return { sure: { [truth.counter ?? truth.refusal]: 1 }, perhaps: {} };
  if ('event' in truth) return expectedOfEvent(truth, day, span, memories.get(visitor));
  const { expected, memory } = expectedOfView(truth, day, hour, span, memories.get(visitor));
  memories.set(visitor, { ...memory, lost: memory.lost || uncertain });
  return expected;
}

export function addToCell(cells: Cells, day: string, url: string, counter: string, count: number): void {
  cells[day] ??= {};
  cells[day][url] ??= {};
  cells[day][url][counter] = (cells[day][url][counter] ?? 0) + count;
}

function refusal({ refusals }: Ledger, reason: string) {
  refusals[reason] ??= { sent: 0, answered: 0 };
  return refusals[reason];
}

/** Returns cells as a list. */
export function flat(cells: Cells) {
  return Object.entries(cells).flatMap(([day, pages]) =>
    Object.entries(pages).flatMap(([url, counters]) =>
      Object.entries(counters).map(([counter, count]) => ({ day, url, counter, count })),
    ),
  );
}
