import { history, type Share } from '../simulator/clickstream.ts';
import type { Ledger } from '../simulator/ledger.ts';
import type { Options } from '../simulator/options.ts';
import type { Plan } from '../simulator/visit.ts';

/** What a process of a simulator's run is told to do. */
export interface Task {
  options: Options;
  plan: Plan;
  share: Share;
  timeZone: string;
}

/** What it tells meanwhile, and at its end. */
export type News = { sent: number } | { ledger: Ledger };

/** How many hits all processes of a run are to send. */
export function totalOf({ options: { mode }, plan }: Omit<Task, 'share'>): number {
  if ('rate' in mode) return Math.max(1, Math.round(mode.rate * mode.seconds));
  let total = 0;
  for (const hits of history(plan, mode, { part: 0, of: 1 })) total += hits.length;
  return total;
}
