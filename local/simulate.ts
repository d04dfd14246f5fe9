import { Presets, SingleBar } from 'cli-progress';
import { endless, history } from '../simulator/clickstream.ts';
import { httpTransport, isLoopback } from '../simulator/http.ts';
import { type Cells, dateAt, emptyLedger, type Ledger } from '../simulator/ledger.ts';
import { type Options, parseOptions, usage } from '../simulator/options.ts';
import { sendHistory, sendLive } from '../simulator/send.ts';
import { statement } from '../simulator/statement.ts';
import { compare, readStatistics } from '../simulator/verify.ts';
import type { Plan } from '../simulator/visit.ts';
import { handlerTransport } from './handlers.ts';
import { runningEnvironment } from './running.ts';

const day = 86_400_000;

process.exitCode = await simulate(process.argv.slice(2));

/** Runs the simulator as the command line says; returns the exit code. */
async function simulate(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  try {
    const options = parseOptions(args, Date.now());
    const { target, mode, site, seed } = options;
    const environment = isLoopback(target) ? await runningEnvironment(Number(new URL(target).port || 80)) : undefined;
    if (!environment && !('rate' in mode)) {
      throw new Error(
        `A history goes through the handlers of a running npm start, and none runs at ${target}: start it, or send live traffic with --rate.`,
      );
    }
    const origin = options.origin ?? (environment && `http://${environment.SITES}`);
    if (!origin) throw new Error('--origin is needed: the address of the site that /track counts.');
    Object.assign(process.env, environment);
    const timeZone = options.timeZone ?? environment?.TIME_ZONE ?? 'UTC';
    const visitors = !options.visitorsOff && environment?.VISITORS !== 'off';
    const plan = { site, origin, seed, visitors, run: Date.now().toString(36) };
    return await run({ options, plan, timeZone });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nnpm run simulate -- --help lists the options.`);
    return 1;
  }
}

/** A run of the simulator: its options, and what it found out about the target. */
interface Run {
  options: Options;
  plan: Plan;
  timeZone: string;
}

async function run({ options, plan, timeZone }: Run): Promise<number> {
  const { mode, verify, table } = options;
  const days = daysOf(mode, timeZone);
  const before = verify ? await readStatistics(table, days) : {};
  const start = performance.now();
  const ledger = await send({ options, plan, timeZone });
  if ('until' in mode) console.log(`period    ${mode.days} days until ${new Date(mode.until).toISOString()}`);
  console.log(statement(ledger, (performance.now() - start) / 1000));
  return verify ? judge(ledger, before, await readStatistics(table, days)) : 0;
}

/** Sends the hits of a run, until Ctrl-C at most, and returns their ledger. */
async function send({ options: { mode, target, concurrency }, plan, timeZone }: Run): Promise<Ledger> {
  const ledger = emptyLedger(timeZone);
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.on('SIGINT', stop);
  const sending = { ledger, concurrency, signal: abort.signal };
  try {
    if ('rate' in mode) {
      const most = Math.max(1, Math.round(mode.rate * mode.seconds));
      const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(mode.seconds * 1000)]);
      const live = { ...sending, signal, transport: httpTransport(target) };
      await withProgress(most, ledger, () => sendLive(endless(plan), mode.rate, most, live));
    } else {
      const visitors = [...history(plan, mode)];
      const total = visitors.reduce((sum, hits) => sum + hits.length, 0);
      const past = { ...sending, transport: await handlerTransport() };
      await withProgress(total, ledger, () => withoutLog(() => sendHistory(visitors, past)));
    }
  } finally {
    process.off('SIGINT', stop);
  }
  return ledger;
}

/** Runs `work` without the lines that the handlers log in this process. Nothing else writes to standard output then. */
async function withoutLog(work: () => Promise<void>): Promise<void> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
}

/** Prints whether what was counted is what was sent; returns the exit code. */
function judge(ledger: Ledger, before: Cells, after: Cells): number {
  const { numbers, disagreements } = compare(ledger, before, after);
  if (disagreements.length > 0) {
    console.log(`verified  ${disagreements.length} of ${numbers} counters do not agree:`);
    console.table(disagreements);
    const more = disagreements.some(({ sent, counted }) => counted > sent);
    if (more) console.log('More was counted than sent: does anything else send?');
  } else if (ledger.unanswered > 0) {
    console.log(`verified  nothing: ${ledger.unanswered} hits had no answer, and may have been counted or not`);
  } else if (numbers === 0) {
    console.log('verified  nothing: no hit was sent');
  } else {
    console.log(`verified  all ${numbers} counters agree`);
    return 0;
  }
  return 1;
}

/** Every day that a run may count on, in any time zone. */
function daysOf(mode: Options['mode'], timeZone: string): string[] {
  const [from, to] =
    'rate' in mode
      ? [Date.now() - day, Date.now() + mode.seconds * 1000 + day]
      : [mode.until - (mode.days + 1) * day, mode.until + day];
  const count = Math.ceil((to - from) / day) + 1;
  return [...new Set(Array.from({ length: count }, (_, i) => dateAt(from + i * day, timeZone)))];
}

/** Shows how many hits were sent while `work` runs: a bar on a terminal, a line every five seconds in a pipe. */
async function withProgress(total: number, ledger: Ledger, work: () => Promise<void>): Promise<void> {
  const options = {
    format: '{bar} {percentage}% | {value}/{total} hits | {duration_formatted}',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  };
  const bar = new SingleBar({ ...options, hideCursor: true, gracefulExit: false }, Presets.shades_classic);
  bar.start(total, 0);
  const timer = setInterval(() => bar.update(ledger.sent), 200);
  try {
    await work();
  } finally {
    clearInterval(timer);
    bar.update(ledger.sent);
    bar.stop();
  }
}
