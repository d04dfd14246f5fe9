import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RolledUp } from '../../core/report/parts.ts';
import { endsOf, type Range } from '../../core/report/range.ts';
import { exportSizes } from '../../store/export-sizes.ts';
import { runText } from '../run-text.ts';
import { exportedSites } from './export-of.ts';
import { exportParts, maxPartBytes, partText, queryOfPart } from './export-parts.ts';

/** The files that an export of a range takes: an answer of a function holds 6 MB. */
interface ExportedFiles {
  /** The days, as text. */
  range: string;
  /** The address of each file, and its dates as text. */
  parts: { href: string; dates: string }[];
}

/** Returns the files of one of `sites`, or of all, at `epoch` (ms). Throws the SDK's errors. */
export async function exportLinks(
  { client, tableName, sites }: { client: DynamoDBClient; tableName: string; sites: string[] },
  { range, site }: { range: Range; site: string | undefined },
  rolledUp: RolledUp,
  epoch: number,
): Promise<ExportedFiles> {
  const [first, last] = endsOf(range);
  const exported = exportedSites({ first, last, site }, rolledUp, sites);
  const parts = exportParts(await exportSizes(client, tableName, exported, rolledUp, epoch), maxPartBytes);
  const query = { from: first, to: last, ...(site && { site }) };
  return {
    range: runText({ first, last }),
    parts: parts.map((part, i) => ({
      href: `export.zip?${new URLSearchParams({ ...query, ...queryOfPart(part, i + 1, parts.length) })}`,
      dates: partText(part),
    })),
  };
}
