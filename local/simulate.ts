import { type ChildProcess, fork } from 'node:child_process';
import { Presets, SingleBar } from 'cli-progress';
import { endless, history, type Share } from '../simulator/clickstream.ts';
import { httpTransport } from '../simulator/http.ts';
import { dateAt, emptyLedger, type Ledger, merge, statement } from '../simulator/ledger.ts';
import { type Options, parseOptions, usage } from '../simulator/options.ts';
import { sendHistory, sendLive } from '../simulator/send.ts';
import { compare, readStatistics } from '../simulator/verify.ts';
import { handlerTransport } from './handlers.ts';
import { runningEnvironment } from './running.ts';

/** What a process of the run is told, and what it tells: how far it is, and its books at the end. */
interface Task {
  options: Options;
  share: Share;
  timeZone: string;
}
type News = { sent: number } | { ledger: Ledger };

const day = 86_400_000;

if (process.send) process.once('message', (task: Task) => work(task));
else process.exitCode = await simulate(process.argv.slice(2));

/** Does one share of the run: a process of its own, so that several are several clients. */
async function work({ options, share, timeZone }: Task): Promise<void> {
  const { site, origin, seed, mode, target, concurrency, processes } = options;
  const plan = { site, origin, seed };
  const abort = new AbortController();
  process.on('SIGINT', () => {}); // Ctrl-C reaches all; the first process tells when to stop
  process.once('message', () => abort.abort());
  process.once('disconnect', () => process.exit());
  const ledger = emptyLedger(timeZone);
  const news = setInterval(() => process.send?.({ sent: ledger.sent }), 200);
  if ('rate' in mode) {
    const rate = mode.rate / processes;
    const sending = { transport: httpTransport(target), ledger, concurrency, signal: abort.signal };
    await sendLive(endless(plan, share), rate, Math.round(rate * mode.seconds), sending);
  } else {
    const sending = { transport: await handlerTransport(), ledger, concurrency, signal: abort.signal };
    await sendHistory(history(plan, mode, share), sending);
  }
  clearInterval(news);
  process.send?.({ ledger }, () => process.exit());
}

/** Runs the simulator as the command line says; returns the exit code. */
async function simulate(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  try {
    const options = parseOptions(args, Date.now());
    const environment = await runningEnvironment(Number(new URL(options.target).port || 80));
    if (!environment && !('rate' in options.mode)) {
      throw new Error(
        `A history goes through the handlers of a running npm start, and none runs at ${options.target}: start it, or send live traffic with --rate.`,
      );
    }
    Object.assign(process.env, environment);
    return await run(options, options.timeZone ?? environment?.TIME_ZONE ?? 'UTC');
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nnpm run simulate -- --help lists the options.`);
    return 1;
  }
}

async function run(options: Options, timeZone: string): Promise<number> {
  const { mode, processes, verify, table } = options;
  const days = daysOf(mode, timeZone);
  const before = verify ? await readStatistics(table, days) : {};

  const start = performance.now();
  const children = Array.from({ length: processes }, () => fork(import.meta.filename));
  const stop = () => {
    for (const child of children) child.send('stop');
  };
  process.on('SIGINT', stop);
  const bar = progress(totalOf(options));
  const sent: number[] = [];
  const ledgers = await Promise.all(
    children.map((child, part) =>
      ledgerOf(child, { options, share: { part, of: processes }, timeZone }, (count) => {
        sent[part] = count;
        bar.update(sent.reduce((sum, each) => sum + each, 0));
      }),
    ),
  );
  process.off('SIGINT', stop);
  const ledger = merge(ledgers, timeZone);
  bar.update(ledger.sent);
  bar.stop();
  console.log(statement(ledger, (performance.now() - start) / 1000));
  if (!verify) return 0;

  const { numbers, disagreements } = compare(ledger, before, await readStatistics(table, days));
  if (disagreements.length === 0) {
    console.log(`verified  all ${numbers} counters agree`);
    return 0;
  }
  console.log(`verified  ${disagreements.length} of ${numbers} counters do not agree:`);
  console.table(disagreements);
  return 1;
}

/** Hands a task to a process and waits for its books. */
function ledgerOf(child: ChildProcess, task: Task, onSent: (count: number) => void): Promise<Ledger> {
  child.send(task);
  return new Promise((resolve, reject) => {
    child.on('message', (news: News) => ('ledger' in news ? resolve(news.ledger) : onSent(news.sent)));
    child.on('exit', (code) => reject(new Error(`A process of the simulator ended with code ${code}.`)));
  });
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

function totalOf({ mode, site, origin, seed }: Options): number {
  if ('rate' in mode) return Math.round(mode.rate * mode.seconds);
  let total = 0;
  for (const hits of history({ site, origin, seed }, mode, { part: 0, of: 1 })) total += hits.length;
  return total;
}

/** A bar on a terminal, a line every five seconds in a pipe. */
function progress(total: number) {
  const options = {
    format: '{bar} {percentage}% | {value}/{total} hits | {duration_formatted}',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  };
  const bar = new SingleBar({ ...options, hideCursor: true, gracefulExit: false }, Presets.shades_classic);
  bar.start(total, 0);
  return bar;
}
