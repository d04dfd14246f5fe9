import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { endless, history } from '../simulator/clickstream.ts';
import { foreignFile } from '../simulator/foreign-file.ts';
import { httpTransport, isLoopback } from '../simulator/http.ts';
import { type Cells, dateAt, emptyLedger, type Ledger } from '../simulator/ledger.ts';
import { type Options, parseOptions, usage } from '../simulator/options.ts';
import { sendHistory, sendLive } from '../simulator/send.ts';
import type { Plan } from '../simulator/simulated-visit.ts';
import { statement } from '../simulator/statement.ts';
import { compare, readStatistics } from '../simulator/verify.ts';
import { handlerTransport } from './handlers.ts';
import { withProgress } from './progress.ts';
import { rollUpAgain } from './roll-up-again.ts';
import { runningEnvironment } from './running.ts';

const day = 86_400_000;
/** How long hits wait on the queue, mostly, and how often to look for them meanwhile. */
const msOnQueue = 45_000;
const msBetweenReadings = 3_000;

process.exitCode = await simulate(process.argv.slice(2));

/** Runs the simulator by its command line. Returns the exit code. */
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
        `A history needs a running npm start, and none runs at ${target}. Start it, or send live traffic with --rate.`,
      );
    }
    const origin = options.origin ?? (environment && `http://${environment.SITES?.split(',')[0]}`);
    if (!origin) throw new Error('Add --origin with the URL of the site that /track counts.');
    Object.assign(process.env, environment);
    const timeZone = options.timeZone ?? environment?.TIME_ZONE ?? 'UTC';
    const visitors = !options.visitorsOff && environment?.VISITORS !== 'off';
    const exactUrls = options.exactUrls || environment?.PAGE_URLS === 'exact';
    const plan = { site, origin, seed, visitors, exactUrls, run: Date.now().toString(36) };
    return await run({ options, plan, timeZone });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nnpm run simulate -- --help lists the options.`);
    return 1;
  }
}

/** A run of the simulator: its options, and the settings of its target. */
interface Run {
  options: Options;
  plan: Plan;
  timeZone: string;
}

async function run({ options, plan, timeZone }: Run): Promise<number> {
  const { mode, target, verify, table } = options;
  const days = daysOf(mode, timeZone);
  console.log(`adds      simulated hits to the numbers of ${target}, where they stay`);
  const before = verify ? await readStatistics(table, days) : {};
  const start = performance.now();
  const ledger = await send({ options, plan, timeZone });
  if ('until' in mode) console.log(`period    ${mode.days} days until ${new Date(mode.until).toISOString()}`);
  console.log(statement(ledger, (performance.now() - start) / 1000));
  const code = verify
    ? judge(ledger, before, await readWhenCounted(ledger, before, () => readStatistics(table, days)))
    : 0;
  const firstShown = 'until' in mode ? await withoutLog(() => rollUpAgain(days, timeZone)) : undefined;
  if (firstShown) console.log(`dashboard shows these hits from ${firstShown} on: earlier days have only summaries`);
  return code;
}

/** Sends the hits of a run and returns their ledger. Ctrl-C ends it early. */
async function send({ options: { mode, target, concurrency, write }, plan, timeZone }: Run): Promise<Ledger> {
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
      await withProgress(progressOf(ledger, most), () => sendLive(endless(plan), mode.rate, most, live));
    } else {
      const visitors = [...history(plan, mode)];
      const total = visitors.reduce((sum, hits) => sum + hits.length, 0);
      for (const { format, file } of write) writeFileSync(file, foreignFile(format, visitors.flat(), timeZone));
      const past = { ...sending, transport: await handlerTransport() };
      await withProgress(progressOf(ledger, total), () => withoutLog(() => sendHistory(visitors, past)));
    }
  } finally {
    process.off('SIGINT', stop);
  }
  return ledger;
}

/** Runs `work` without its output, which is the log of the handlers. */
async function withoutLog<Result>(work: () => Promise<Result>): Promise<Result> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}

/** Reads the statistics. Reads them again while hits are missing, because these may wait on the queue. */
async function readWhenCounted(ledger: Ledger, before: Cells, read: () => Promise<Cells>): Promise<Cells> {
  const last = Date.now() + msOnQueue;
  for (;;) {
    const after = await read();
    const isMissing = compare(ledger, before, after).disagreements.some(({ sent, counted }) => counted < sent);
    if (!isMissing || Date.now() > last) return after;
    await sleep(msBetweenReadings);
  }
}

/** Prints whether the counters agree with the hits sent. Returns the exit code. */
function judge(ledger: Ledger, before: Cells, after: Cells): number {
  const { numbers, disagreements } = compare(ledger, before, after);
  if (disagreements.length > 0) {
    console.log(`verified  ${disagreements.length} of ${numbers} counters do not agree:`);
    console.table(disagreements);
    const more = disagreements.some(({ sent, counted }) => counted > sent);
    if (more) console.log('The app counted more than was sent. Stop other traffic, such as live traffic of npm start.');
  } else if (ledger.unanswered > 0) {
    console.log(`verified  nothing: ${ledger.unanswered} hits without an answer may or may not have counted`);
  } else if (numbers === 0) {
    console.log('verified  nothing: no hits were sent');
  } else {
    console.log(`verified  all ${numbers} counters agree`);
    return 0;
  }
  return 1;
}

/** Returns every day on which a run may count, in any time zone. */
function daysOf(mode: Options['mode'], timeZone: string): string[] {
  const [from, to] =
    'rate' in mode
      ? [Date.now() - day, Date.now() + mode.seconds * 1000 + day]
      : [mode.until - (mode.days + 1) * day, mode.until + day];
  const count = Math.ceil((to - from) / day) + 1;
  return [...new Set(Array.from({ length: count }, (_, i) => dateAt(from + i * day, timeZone)))];
}

/** Returns the progress of a run whose ledger is written meanwhile. */
function progressOf(ledger: Ledger, all: number) {
  return {
    all,
    unit: 'hits',
    get done() {
      return ledger.sent;
    },
  };
}
