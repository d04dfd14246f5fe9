import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { type Environment, readSetting } from '../config/settings.ts';
import { momentAt } from '../core/calendar/day.ts';
import { parseHit } from '../core/collect/hit.ts';
import { type VisitorRecord, visitOf } from '../core/collect/visit.ts';
import { type LakeRecord, lakeRecordOf } from '../core/lake/lake-record.ts';
import { asksForPrivacy } from '../http/request.ts';
import type { DatedHit } from '../simulator/clickstream.ts';
import { httpEvent } from './event.ts';

/** Returns the records that `/track` would keep of some hits, which are sorted by time. */
export function lakeRecordsOf(hits: DatedHit[], env: Environment): LakeRecord[] {
  const sites = readSetting('SITES', env);
  const timeZone = readSetting('TIME_ZONE', env);
  const pageUrls = readSetting('PAGE_URLS', env);
  const hasVisitors = readSetting('VISITORS', env) === 'on';
  const visitors = new Map<string, VisitorRecord>();
  return hits.flatMap(({ at, hit: { body, headers, visitor } }) => {
    const { origin, 'user-agent': userAgent, 'accept-language': languages } = headers;
    const hit = parseHit({ body, origin, userAgent, languages }, sites, pageUrls);
    if ('refusal' in hit) return [];
    const moment = momentAt(at, timeZone);
    if ('event' in hit || !hasVisitors || asksForPrivacy(httpEvent({ headers }))) return [lakeRecordOf(hit, moment)];
    const key = `${moment.day} ${visitor}`;
    const before = visitors.get(key);
    const now = at / 1000;
    visitors.set(key, { seen: now, seenBefore: before?.seen ?? 0, sawPage: false });
    return [lakeRecordOf(hit, moment, visitOf(before, now))];
  });
}

/** Firehose takes no more at once. */
const mostInBatch = 500;

/** Puts records on the stream that the environment names. */
export async function putRecords(records: LakeRecord[]): Promise<void> {
  const { FIREHOSE_URL: endpoint = '', LAKE_STREAM: DeliveryStreamName } = process.env;
  const client = new FirehoseClient({ endpoint });
  for (let i = 0; i < records.length; i += mostInBatch) {
    const Records = records
      .slice(i, i + mostInBatch)
      .map((record) => ({ Data: Buffer.from(`${JSON.stringify(record)}\n`) }));
    await client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
  }
  client.destroy();
}
