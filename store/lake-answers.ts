import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Day, dayAfter } from '../core/calendar/day.ts';
import { nounOf } from '../core/counters/dimensions.ts';
import { lakeReportOf } from '../core/lake/lake-report.ts';
import { lakeRefusal, lakeSelect } from '../core/lake/lake-select.ts';
import { type FilterName, namesOfFilter } from '../core/report/filter.ts';
import { listedReport } from '../core/report/listed-report.ts';
import { endsOf } from '../core/report/range.ts';
import { asksLake, type Scope } from '../core/report/scope.ts';
import { type AthenaPlace, athenaStore, type NoAnswer } from './athena.ts';
import type { ExplainedReports } from './explained-reports.ts';

/** What the lake says to a scope that only it can tell, and the scope that is shown then. */
export type LakeAnswer = AnsweredByLake | LakeProblem;

export interface AnsweredByLake {
  scope: Scope;
  read: ExplainedReports;
  /** The days of the range of which the lake has no record at all. */
  missing: Day[];
  problem?: undefined;
}

export interface LakeProblem {
  /** That of the filter's first name alone, which counters can tell. */
  scope: Scope;
  read?: undefined;
  /** What is wrong, and what to do, in a sentence or two. */
  problem: string;
  /** 400 if the query asks for what cannot be told, 403 if guests may not ask it, 503 if it may be told another time. */
  statusCode: 400 | 403 | 503;
  /** The names of the filter. */
  names: FilterName[];
}

/** The dashboard has 20 s. What is left is for counters, if the lake does not answer. */
const msToAnswer = 10_000;

/** Athena keeps an answer for a week at most. What is not complete yet is asked again after five minutes. */
const reuseMinutes = { closed: 7 * 24 * 60, open: 5 };

const sentences: Record<NoAnswer, string> = {
  late: 'The lake took more than 10 seconds. Choose a shorter range.',
  'too much': 'The lake would have to read more than its work group allows. Choose a shorter range.',
  failed: 'The lake did not answer. Try again in a minute.',
};

/** Returns what asks the lake for the numbers of a scope that counters cannot tell. Without a place, LAKE is off. */
export function lakeAnswers(place: AthenaPlace | undefined, client: DynamoDBClient, sites: string[], ms = msToAnswer) {
  const athena = place && athenaStore(place, client);
  /** Returns what the lake says to a scope. Returns undefined if counters can tell it. Never rejects. */
  return async (scope: Scope, today: Day, asker: 'owner' | 'guest'): Promise<LakeAnswer | undefined> => {
    if (!asksLake(scope)) return undefined;
    const names = namesOfFilter(scope.filter);
    const none = (problem: string, statusCode: LakeProblem['statusCode']): LakeProblem => ({
      ...{ problem, statusCode, names },
      scope: scopeOfCounters(scope),
    });
    if (!athena) return none(needsLake(names), 400);
    if (asker === 'guest') return none('A question to the lake costs money, so only the owner can ask it.', 403);
    const refusal = lakeRefusal(scope);
    if (refusal) return none(refusal, 400);
    // The files of a day are complete a quarter of an hour after it.
    const isClosed = endsOf(scope.range)[1] < dayAfter(today, -1);
    const select = lakeSelect(scope, sites.length);
    const rows = await athena.select(select, { ms, reuseMinutes: reuseMinutes[isClosed ? 'closed' : 'open'] });
    if (typeof rows === 'string') return none(sentences[rows], 503);
    const { report, missing } = lakeReportOf(rows, scope, sites);
    const read = { report: listedReport(report, undefined, scope), previous: undefined, ...unexplained };
    return { scope: { ...scope, earlier: undefined }, read, missing };
  };
}

const unexplained = { why: undefined, unusual: [], forecast: undefined };

const needsLake = (names: FilterName[]) =>
  names.length > 1
    ? `Counters cannot combine ${names.map(({ dimension }) => nounOf(dimension)).join(' and ')}. A lake can, from the day that you deploy with LAKE=on.`
    : 'Only a lake can tell this, from the day that you deploy with LAKE=on.';

function scopeOfCounters({ fromLake: _, ...scope }: Scope): Scope {
  const { also, ...filter } = scope.filter;
  return { ...scope, filter };
}
