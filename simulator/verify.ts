import { DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { addToCell, type Cells, flat, type Ledger } from './ledger.ts';

/** Numbers of an item that only enforce a cap. No hit tells them. */
const ofCaps = /^(pages|kept_pages|names_\w+)$/;

/** A number that differs between ledger and app. */
export interface Disagreement {
  what: string;
  sent: number;
  /** How many more may have been counted, because of hits without an answer. */
  uncertain: number;
  counted: number;
}

/** Reads some days of the app's table of statistics from DynamoDB, with the SDK's default settings. */
export async function readStatistics(tableName: string, days: string[]): Promise<Cells> {
  const client = new DynamoDBClient();
  const cells: Cells = {};
  for (const day of days) {
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: '#day = :day',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':day': { S: day } },
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      for (const { day: _, url, expires, ...counters } of Items) {
        for (const [counter, { N }] of Object.entries(counters))
          if (!ofCaps.test(counter)) addToCell(cells, day, url?.S ?? '', counter, Number(N));
      }
    }
  }
  client.destroy();
  return cells;
}

/**
 * Compares each number of a ledger with the difference between two readings of the app. Counters that are only in the app,
 * or that went down, differ too. Hits without an answer allow a range: `ledger.unanswered` counts them.
 */
export function compare(
  ledger: Ledger,
  before: Cells,
  after: Cells,
): { numbers: number; disagreements: Disagreement[] } {
  const of = (cells: Cells, { day, url, counter }: Cell) => cells[day]?.[url]?.[counter] ?? 0;
  const rows = new Map<string, Disagreement>();
  for (const cell of [ledger.cells, ledger.uncertain, before, after].flatMap(flat)) {
    const what = `${cell.day} ${cell.url} ${cell.counter}`;
    const counted = of(after, cell) - of(before, cell);
    const [sent, uncertain] = [of(ledger.cells, cell), of(ledger.uncertain, cell)];
    if (sent || uncertain || counted) rows.set(what, { what, sent, uncertain, counted });
  }
  for (const [reason, { sent, answered }] of Object.entries(ledger.refusals)) {
    const what = `refused: ${reason}`;
    rows.set(what, { what, sent, uncertain: 0, counted: answered });
  }
  const all = [...rows.values()];
  const agree = ({ sent, uncertain, counted }: Disagreement) => counted >= sent && counted <= sent + uncertain;
  return { numbers: all.length, disagreements: all.filter((row) => !agree(row)) };
}

interface Cell {
  day: string;
  url: string;
  counter: string;
}
