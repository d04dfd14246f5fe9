import { parseArgs } from 'node:util';
import { build } from '../build.ts';
import { checkCredentials, checkQuota } from './account.ts';
import { checkAlarms, checkMails } from './alarms.ts';
import { awsOptions } from './aws-options.ts';
import { type Finding, linesOf, problem, summaryOf } from './finding.ts';
import { examineLake, missingLake } from './lake-findings.ts';
import { checkQueues } from './queues.ts';
import { checkLock } from './routes.ts';
import { checkPage } from './site-page.ts';
import { checkStack, physicalId } from './stack.ts';
import { type Target, targetOf } from './target.ts';

const usage = `npm run doctor checks an installation, and changes nothing.

npm run doctor                                    the stack of .env on AWS, and the home pages of SITES
npm run doctor -- --stage dev                     the stack of another stage
npm run doctor -- --target http://localhost:3000  a running npm start, or any API; AWS is not asked
npm run doctor -- https://blog.example.com/post   more pages`;

/** Prints the findings of some checks, and returns them. */
type Report = (title: string, checks: Promise<Finding[]>[]) => Promise<Finding[]>;

/** Checks what the command line asks for. Returns the exit code. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      stage: { type: 'string', default: 'prod' },
      target: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const target = await targetOf(values.target, values.stage, positionals);
  const all: Finding[] = [];
  const report: Report = async (title, checks) => {
    console.log(`\n${title}`);
    const findings = (await Promise.all(checks)).flat();
    for (const line of findings.flatMap(linesOf)) console.log(line);
    all.push(...findings);
    return findings;
  };
  await examine(target, report);
  console.log(`\n${summaryOf(all)}`);
  return all.some(({ status }) => status === 'problem') ? 1 : 0;
}

async function examine(target: Target, report: Report): Promise<void> {
  const { track, pages } = target;
  if (track) console.log(`Footfall at ${track.origin}. AWS is not checked, because --target names a URL.`);
  const endpoints = track ? [track] : await examineStack(target, report);
  const [endpoint] = endpoints;
  if (!endpoint) {
    console.log('\nNot checked without the URL of the API: the dashboard, and your pages.');
    return;
  }
  await report('Dashboard', [checkLock(endpoint, target.isPublic)]);
  await build();
  const { eventsSnippetFor, snippetFor } = await import('../../snippet/embed.ts');
  const wanted = {
    snippet: snippetFor(endpoint.href),
    eventsSnippet: eventsSnippetFor(endpoint.href),
    endpoints: endpoints.map(({ href }) => href),
  };
  await report(
    'Pages',
    pages.map((page) => checkPage(page, endpoint, wanted)),
  );
}

/** Checks what is on AWS. Returns the addresses of /track: the one to use, then that of the API itself. */
async function examineStack({ stage, region, email, domain, hasLake }: Target, report: Report): Promise<URL[]> {
  const options = awsOptions(region);
  const stackName = `footfall-${stage}`;
  console.log(`Footfall as the stack ${stackName} in ${region}.`);
  const ownDomain = domain ? [new URL(`https://${domain}/track`)] : [];
  const [identity] = await report('Account', [checkCredentials(options)]);
  if (identity?.status !== 'ok') {
    console.log('\nNot checked without credentials: everything on AWS.');
    return ownDomain;
  }
  const { findings, deployed } = await checkStack(stackName, options);
  await report('Stack', [Promise.resolve(findings), checkQuota(options)]);
  const { track, resources } = deployed;
  if (resources.length === 0) return track ? [track] : ownDomain;
  await report('Queues', [checkQueues(resources, options)]);
  const alarms = resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
  await report('Alarms', [
    checkAlarms(
      alarms.map(({ id }) => id),
      options,
    ),
    checkMails(physicalId(resources, 'AlarmTopic'), email, options),
  ]);
  if (physicalId(resources, 'LakeStream')) await report('Lake', [examineLake(resources, options)]);
  else if (hasLake) await report('Lake', [Promise.resolve([missingLake])]);
  const api = URL.parse(`https://${physicalId(resources, 'HttpApi')}.execute-api.${region}.amazonaws.com/track`);
  return track ? [track, ...(api ? [api] : [])] : [];
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  for (const line of linesOf(problem((error as Error).message, 'npm run doctor -- --help'))) console.error(line);
  process.exitCode = 1;
}
