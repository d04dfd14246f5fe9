import { Presets, SingleBar } from 'cli-progress';

/** How far some work is. `unit` comes after the numbers, if they should show. */
export interface Progress {
  done: number;
  all: number;
  unit?: string;
  /** What comes after the numbers. The time that is left then shows, too. */
  note?: string;
}

/** Shows progress while `work` runs, as a bar on a terminal, or as a line every five seconds in a pipe. */
export async function withProgress<Result>(progress: Progress, work: () => Promise<Result>): Promise<Result> {
  const numbers = progress.unit === undefined ? '' : ` | {value}/{total} ${progress.unit}`;
  const left = progress.note === undefined ? '' : ' | {eta_formatted} left';
  const payload = () => ({ note: progress.note ? ` | ${progress.note}` : '' });
  const options = {
    format: `{bar} {percentage}%${numbers}{note} | {duration_formatted}${left}`,
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    gracefulExit: false,
  };
  const bar = new SingleBar(options, Presets.shades_classic);
  const update = () => {
    bar.setTotal(progress.all);
    bar.update(progress.done, payload());
  };
  bar.start(progress.all, 0, payload());
  const timer = setInterval(update, 200);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    update();
    bar.stop();
  }
}
