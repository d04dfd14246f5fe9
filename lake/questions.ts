import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import { sqlText } from '../core/lake/sql-text.ts';
import { isParameter, type ParameterName, parameterSql, siteOfUrl } from './parameters.ts';

/** A question that the lake answers by name: a file in questions/. */
export interface Question {
  name: string;
  /** The question in words: the first line of its file. */
  asks: string;
  /** The parameters that it cannot do without. */
  needs: ParameterName[];
  /** The parameters that it can be narrowed by. */
  filters: ParameterName[];
  /** How many days it is about by default. */
  days: number;
  sql: string;
}

/** The values of a question's parameters, as they were typed. */
export type Values = { [Name in ParameterName]?: string | undefined };

/** How many rows a question answers with by default. */
export const usualRows = '50';
const common: ParameterName[] = ['site', 'from', 'to', 'rows'];
const folder = join(import.meta.dirname, 'questions');
const placeholder = /:(\w+)/g;

/** All questions by name. */
export const questions: ReadonlyMap<string, Question> = new Map(
  readdirSync(folder)
    .sort()
    .map((file) => parseQuestion(file.replace('.sql', ''), readFileSync(join(folder, file), 'utf8')))
    .map((question) => [question.name, question]),
);

function parseQuestion(name: string, text: string): Question {
  const noted = (title: string) => new RegExp(`^-- ${title}: (.*)$`, 'm').exec(text)?.[1] ?? '';
  const sql = text.replace(/^--.*\n/gm, '').trim();
  const used = [...sql.matchAll(placeholder)].map(([, found = '']) => found).filter(isParameter);
  return {
    name,
    asks: text.slice('-- '.length, text.indexOf('\n')),
    needs: [...new Set(used)].filter((each) => !common.includes(each)),
    filters: noted('Filters').split(', ').filter(isParameter),
    days: Number(noted('Days') || 30),
    sql,
  };
}

/** Returns the SQL of a question, with all values bound. Throws an Error that says which value is missing or wrong. */
export function questionSql(question: Question, values: Values, today: Day): string {
  const { name, needs, filters, sql } = question;
  const takes = [...needs, ...filters, ...common];
  const options = takes.map((each) => `--${each}`).join(', ');
  for (const given of Object.keys(values) as ParameterName[])
    if (!takes.includes(given)) throw new Error(`${name} has no --${given}. It takes ${options}.`);
  const missing = needs.find((need) => values[need] === undefined);
  if (missing) throw new Error(`${name} needs --${missing}. It takes ${options}.`);

  const bound: { [placeholder: string]: string } = { rows: usualRows };
  const site = siteOfUrl(values.page);
  for (const [given, text] of Object.entries({ ...(site && { site }), ...values }))
    bound[given] = parameterSql(given as ParameterName, text ?? '');
  const range = rangeOf(question, values, today);
  const narrowed = ['site' as const, ...filters].flatMap((each) => (bound[each] ? [`${each} = ${bound[each]}`] : []));
  const recordsWith = (condition: string) =>
    `(select * from events where ${[rangeSql(range), ...narrowed, condition].join(' and ')}) as records`;
  bound.views = recordsWith('event is null');
  bound.events = recordsWith('event is not null');
  return sql.replace(placeholder, (_, each: string) => bound[each] ?? '');
}

/** Returns the first and the last day that a question is about. Throws an Error if there is none between them. */
export function rangeOf({ days }: Pick<Question, 'days'>, { from, to }: Values, today: Day): [Day, Day] {
  const last = (to ?? today) as Day;
  parameterSql('to', last);
  const first = (from ?? dayAfter(last, 1 - days)) as Day;
  parameterSql('from', first);
  if (first > last) throw new Error(`--from is after --to: there is no day from ${first} to ${last}.`);
  return [first, last];
}

/** Returns the days of the files that can hold records of a range. Around midnight, a record can be in the file of a neighbor. */
export const filesAround = ([first, last]: [Day, Day]): [Day, Day] => [dayAfter(first, -1), dayAfter(last, 1)];

const rangeSql = (range: [Day, Day]) => `${betweenSql('day', filesAround(range))} and ${betweenSql('date', range)}`;

const betweenSql = (column: string, [first, last]: [Day, Day]) =>
  `${column} between ${sqlText(first)} and ${sqlText(last)}`;
