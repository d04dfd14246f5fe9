import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { isLoopback } from '../simulator/http.ts';
import { type Cells, dateAt, type Ledger, merge } from '../simulator/ledger.ts';
import { type Options, parseOptions, usage } from '../simulator/options.ts';
import { statement } from '../simulator/statement.ts';
import { compare, readStatistics } from '../simulator/verify.ts';
import { runningEnvironment } from './running.ts';
import { type News, type Task, totalOf } from './simulate-task.ts';

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

async function run(task: Omit<Task, 'share'>): Promise<number> {
  const { options, timeZone } = task;
  const { mode, processes, verify, table } = options;
  const days = daysOf(mode, timeZone);
  const before = verify ? await readStatistics(table, days) : {};

  const start = performance.now();
  // In groups of their own, for Ctrl-C is for this process only: it tells the others when to stop. What functions log there
  // is not for who simulates.
  const children = Array.from({ length: processes }, () =>
    fork(join(import.meta.dirname, 'simulate-share.ts'), {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  const stop = () => {
    for (const child of children) if (child.connected) child.send('stop', () => {});
  };
  process.on('SIGINT', stop);
  const bar = progress(totalOf(task));
  try {
    const sent: number[] = [];
    const ledgers = await Promise.all(
      children.map((child, part) =>
        ledgerOf(child, { ...task, share: { part, of: processes } }, (count) => {
          sent[part] = count;
          bar.update(sent.reduce((sum, each) => sum + each, 0));
        }),
      ),
    );
    const ledger = merge(ledgers, timeZone);
    bar.update(ledger.sent);
    bar.stop();
    if ('until' in mode) console.log(`period    ${mode.days} days until ${new Date(mode.until).toISOString()}`);
    console.log(statement(ledger, (performance.now() - start) / 1000));
    return verify ? judge(ledger, before, await readStatistics(table, days)) : 0;
  } finally {
    bar.stop();
    process.off('SIGINT', stop);
    for (const child of children) child.kill();
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
