import { timingSafeEqual } from 'node:crypto';
import { endless } from './clickstream.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import { sendLive, type Transport } from './send.ts';
import type { Plan } from './simulated-visit.ts';

/** An answer: a status and a JSON value. */
export interface ControlAnswer {
  status: number;
  body: Record<string, unknown>;
}

const info = {
  '/simulator/info': 'returns this list',
  '/simulator/status?token=': 'returns the state, the rate, and the hits and answers since the start',
  '/simulator/start?token=&rate=2': 'starts live traffic with `rate` hits a second, unless it runs already',
  '/simulator/stop?token=': 'stops live traffic',
};

const maxRate = 100;
/** The longest run, in ms. */
const maxDuration = 3_600_000;

/**
 * Returns routes that start, watch and stop live traffic, which ends after an hour. `answer` takes the path and query of a
 * request. It returns undefined for other paths. All routes but /simulator/info need the token.
 */
export function simulatorControl(options: { plan: Plan; transport: Transport; token: string; timeZone: string }) {
  const { plan, transport, token, timeZone } = options;
  const hits = endless(plan);
  let ledger: Ledger = emptyLedger(timeZone);
  let running: { rate: number; abort: AbortController; done: Promise<void> } | undefined;

  async function start(rate: number): Promise<void> {
    if (running?.abort.signal.aborted) await running.done;
    if (running) return;
    ledger = emptyLedger(timeZone);
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(maxDuration)]);
    const most = (rate * maxDuration) / 1000;
    const done = sendLive(hits, rate, most, { transport, ledger, concurrency: 20, signal }).finally(() => {
      running = undefined;
    });
    running = { rate, abort, done };
  }

  async function stop(): Promise<void> {
    running?.abort.abort();
    await running?.done;
  }

  const status = () => ({
    state: running ? 'running' : 'stopped',
    rate: running?.rate ?? 0,
    sent: ledger.sent,
    answered: ledger.statuses,
    refused: Object.fromEntries(Object.entries(ledger.refusals).map(([reason, { answered }]) => [reason, answered])),
  });

  async function answer(pathAndQuery: string): Promise<ControlAnswer | undefined> {
    const [pathname = '', query] = pathAndQuery.split('?');
    const searchParams = new URLSearchParams(query);
    if (pathname === '/simulator/info') return { status: 200, body: info };
    if (!['/simulator/status', '/simulator/start', '/simulator/stop'].includes(pathname)) return undefined;
    if (!isEqual(searchParams.get('token') ?? '', token))
      return { status: 403, body: { error: 'Add the token that npm start prints: ?token=….' } };
    if (pathname === '/simulator/start') {
      const rate = Number(searchParams.get('rate') ?? 2);
      if (!(rate > 0 && rate <= maxRate))
        return { status: 400, body: { error: `rate takes a number over 0 and up to ${maxRate}.` } };
      await start(rate);
    }
    if (pathname === '/simulator/stop') await stop();
    return { status: 200, body: status() };
  }

  return { answer, stop };
}

function isEqual(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
