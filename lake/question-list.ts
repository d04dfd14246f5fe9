import { parameters } from './parameters.ts';
import { type Question, questions } from './questions.ts';

/** Returns all questions with what each takes, for a terminal. */
export function questionList(): string {
  const all = [...questions.values()].map((question) => `${question.name}\n  ${question.asks}${optionsOf(question)}`);
  const takes = Object.entries(parameters).map(([name, { takes }]) => `  --${name.padEnd(8)} ${takes}`);
  return [
    ...all,
    `Each also takes --site, --from, --to and --rows. The default is the last 30 days, or 365 for some questions.\n${takes.join('\n')}`,
  ].join('\n\n');
}

function optionsOf({ needs, filters }: Question): string {
  const options = [...needs.map((name) => `--${name} …`), ...filters.map((name) => `[--${name} …]`)];
  return options.length > 0 ? `\n  ${options.join(' ')}` : '';
}
