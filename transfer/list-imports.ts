import { parseArgs } from 'node:util';
import { readRequestTimeout, readTableNames } from '../config/function-settings.ts';
import { dynamoClient, standard } from '../store/client.ts';
import { importsStore, type StoredImport } from '../store/imports.ts';
import { useInstallation } from './installation.ts';
import { runText } from './run-text.ts';

const usage = `npm run imports -- [NAME] [options]

Lists the imports, or prints the receipt of one.

Option                What it sets                              Default
  --target URL        an npm start on this machine              the tables on AWS`;

/** Runs `npm run imports` by its command line. Throws an Error that says what is wrong. */
export async function importsCommand(args: string[], now = Date.now()): Promise<void> {
  const options = { target: { type: 'string' }, help: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.help) return console.log(usage);
  await useInstallation(values.target);
  const client = dynamoClient(standard(readRequestTimeout(process.env)));
  try {
    const all = await importsStore(client, readTableNames(process.env).statisticsTable).list(now);
    console.log(positionals[0] === undefined ? listOf(all) : receiptOf(all, positionals[0]));
  } finally {
    client.destroy();
  }
}

function listOf(all: StoredImport[]): string {
  if (all.length === 0) return 'There are no imports. npm run import -- FILE makes one.';
  const rows = all.map(({ name, site, tool, days, isComplete }) => [
    ...[name, site, tool, runText({ first: days[0] ?? '', last: days.at(-1) ?? '' })],
    days.length === 1 ? '1 day' : `${days.length} days`,
    isComplete ? '' : 'cut: import it again, or remove it with --undo',
  ]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function receiptOf(all: StoredImport[], name: string): string {
  const found = all.find((each) => each.name === name);
  if (!found) throw new Error(`There is no import "${name}". npm run imports lists all.`);
  return (
    found.receipt ?? `The import ${name} was cut, so it has no receipt. Import it again, or remove it with --undo.`
  );
}

if (import.meta.main) {
  await importsCommand(process.argv.slice(2)).catch((error: Error) => {
    console.error(`${error.message}\nnpm run imports -- --help lists the options.`);
    process.exitCode = 1;
  });
}
