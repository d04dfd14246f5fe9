import { DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { addTo, type Cells, flat, type Ledger } from './ledger.ts';

/** A number that the ledger and the app do not agree on. */
export interface Disagreement {
  what: string;
  sent: number;
  /** How many more may have been counted: hits without an answer. */
  uncertain: number;
  counted: number;
}

/** What the app's table of statistics holds of some days. It is read from DynamoDB itself, with the SDK's usual settings. */
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
      for (const { day: _, url, expires, names, bytes, pages, ...counters } of Items) {
        for (const [counter, { N }] of Object.entries(counters)) addTo(cells, day, url?.S ?? '', counter, Number(N));
      }
    }
  }
  client.destroy();
  return cells;
}

/**
 * Compares, number by number, a ledger with what the app counted between two readings: each counter of each page on each
 * day, and each reason for refusing. Counters that the app has and the ledger knows nothing of do not agree either, nor
 * do those that went down. Hits without an answer widen what agrees: `ledger.unanswered` says how many there were.
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
