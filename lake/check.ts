import { parseArgs } from 'node:util';
import { readLimits, readRequestTimeout, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { type Day, dayAt, oldestKept } from '../core/calendar/day.ts';
import { type CheckedDay, type HitSums, sumsByDate } from '../core/lake/checked-days.ts';
import { awsOptions } from '../deploy/doctor/aws-options.ts';
import { checkOnAws } from '../deploy/doctor/check-on-aws.ts';
import { lakeFolder } from '../local/folder.ts';
import { parsePort } from '../local/parse-port.ts';
import { runningEnvironment } from '../local/running.ts';
import { checkLake } from '../store/check-lake.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { answerText } from './answer.ts';
import { openLake } from './duckdb.ts';

const usage = `npm run lake:check -- [options]

Compares the lake with what was counted on each closed day: docs/lake.md.

Option                What it sets                              Default
  --port NUMBER       the npm start to check                    3000
  --aws               check the installation on AWS instead, by its function lakeCheck
  --stage NAME        the stage on AWS                          prod
  --from DAY          the first day, on AWS                     seven days ago`;

/** Runs `npm run lake:check` by its command line. Throws an Error that says what is wrong. */
export async function checkCommand(args: string[], epoch = Date.now()): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '3000' },
      aws: { type: 'boolean', default: false },
      stage: { type: 'string', default: 'prod' },
      from: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const days = values.aws
    ? await checkStage(values.stage, values.from)
    : await checkLocally(parsePort(values.port, '--port'), epoch);
  console.log(reportOf(days));
  if (days.some(({ fails }) => fails)) process.exitCode = 1;
}

async function checkLocally(port: number, epoch: number): Promise<CheckedDay[]> {
  const environment = await runningEnvironment(port);
  if (!environment)
    throw new Error(`No npm start runs on port ${port}. Start it with LAKE=on, or pass --port or --aws.`);
  if (environment.LAKE !== 'on')
    throw new Error(`The npm start on port ${port} has no lake. Start it again with LAKE=on.`);
  Object.assign(process.env, environment);
  const today = dayAt(epoch, readSetting('TIME_ZONE', environment));
  const first = oldestKept(today, readLimits(environment).detailDays);
  const lake = await openLake(lakeFolder(port));
  const client = dynamoClient(standard(readRequestTimeout(process.env)));
  try {
    const { rows } = await lake.ask(sumsByDate(first, today));
    const kept = new Map<Day, HitSums>(
      rows.map(([date, views, events]) => [date as Day, { views: Number(views), events: Number(events) }]),
    );
    const { statisticsTable } = readTableNames(environment);
    return await checkLake(client, statisticsTable, { first, today, epoch, kept });
  } finally {
    client.destroy();
    lake.close();
  }
}

async function checkStage(stage: string, from: string | undefined): Promise<CheckedDay[]> {
  const days = await checkOnAws(
    `footfall-${stage}-lakeCheck`,
    awsOptions(readSetting('AWS_REGION', process.env)),
    from,
  );
  if (typeof days === 'string') throw new Error(days);
  return days;
}

function reportOf(days: CheckedDay[]): string {
  if (days.length === 0)
    return 'The lake has no closed day to check yet. The check leaves out the first day, because the lake may have started late.';
  const rows = days.map(({ day, counted, kept, missing, fails }) => [
    ...[day, counted.views, kept.views, counted.events, kept.events, missing],
    fails ? 'wrong' : 'fine',
  ]);
  const columns = ['day', 'views counted', 'in the lake', 'events counted', 'in the lake', 'missing', 'state'];
  return answerText({ columns, rows }, 'table');
}

if (import.meta.main) {
  await checkCommand(process.argv.slice(2)).catch((error: Error) => {
    console.error(`${error.message}\nnpm run lake:check -- --help lists the options.`);
    process.exitCode = 1;
  });
}
