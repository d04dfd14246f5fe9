import type { Day } from '../core/calendar/day.ts';
import { oneSelect } from './one-select.ts';
import { filesAround, questionSql, questions, rangeOf, usualRows, type Values } from './questions.ts';

/** What is asked, with the question in words if it has a name. */
export interface AskedSelect {
  sql: string;
  /** The first and the last day of the files that it reads. Empty if it may read all. */
  files: [Day, Day] | [];
  title?: string;
  /** How many rows it answers with at most, if it has a name. */
  most?: number;
}

/** Returns what one argument asks: the name of a question, or a select. Throws an Error if it is neither. */
export function parseAsked(positionals: string[], values: Values, today: Day): AskedSelect {
  const [text = '', ...more] = positionals;
  if (more.length > 0) throw new Error('Ask one question at a time. Put a select in quotation marks.');
  const question = questions.get(text);
  if (question) {
    const range = rangeOf(question, values, today);
    const title = `${question.asks} ${range[0]} to ${range[1]}`;
    const sql = questionSql(question, values, today);
    return { sql, files: filesAround(range), title, most: Number(values.rows ?? usualRows) };
  }
  if (/^[\w-]+$/.test(text)) throw new Error(`There is no question "${text}". npm run ask -- --list has all.`);
  const [option] = Object.keys(values);
  if (option) throw new Error(`A select takes no --${option}. Write it into the SQL.`);
  return { sql: oneSelect(text), files: [] };
}
