import { readLimits, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { type Day, momentAt } from '../core/calendar/day.ts';
import { type PageView, parseHit, type Refusal } from '../core/collect/hit.ts';
import { unlinkedVisit, visitOf } from '../core/collect/visit.ts';
import { eventCounters, refusalCounters, viewCounters } from '../core/counters/hit-counters.ts';
import type { Increment } from '../core/counters/increment.ts';
import { notCounted } from '../core/counters/names.ts';
import { asksForPrivacy, bodyText, type Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import { accepted, explained, refused, unavailable } from '../http/track-response.ts';
import { cappedCounters } from '../store/capped-counters.ts';
import { dynamoClient, failFast } from '../store/client.ts';
import { errorName, log, logFailure, logRefusal } from '../store/log.ts';
import { overflowQueue } from '../store/overflow-queue.ts';
import { statisticsStore } from '../store/statistics.ts';
import { visitorsStore } from '../store/visitors.ts';

const sites = readSetting('SITES', process.env);
const timeZone = readSetting('TIME_ZONE', process.env);
const hasVisitors = readSetting('VISITORS', process.env) === 'on';
const hitTimeout = readSetting('HIT_TIMEOUT', process.env);
const { statisticsTable, visitorsTable } = readTableNames(process.env);
const queueUrl = process.env.OVERFLOW_QUEUE_URL;

/** A share of HIT_TIMEOUT in whole milliseconds: AbortSignal.timeout throws on parts of one. */
const share = (part: number) => Math.round(part * hitTimeout);
/** One attempt of the SDK, the visitor's record, both tables together, and the queue after them. */
const budget = { attempt: share(0.4), visitor: share(0.5), tables: share(0.9), queue: share(0.4) };

const client = dynamoClient(failFast(budget.attempt));
const counters = cappedCounters(statisticsStore(client, statisticsTable), readLimits(process.env));
const visitors = visitorsStore(client, visitorsTable);
const queue = queueUrl ? overflowQueue(queueUrl, failFast(budget.attempt)) : undefined;

/**
 * POST /track: counts a hit, or counts and says why it refuses the hit. Returns 503 if neither the table nor the queue
 * took it. The log then has its counters for `npm run replay`.
 */
export async function handler(event: Request): Promise<Response> {
  if (event.queryStringParameters?.explain !== undefined) return explain(event);
  const tablesTime = AbortSignal.timeout(budget.tables);
  const { increment, refusal } = await collect(event, visitors.record);
  const isRecorded = await record(increment, tablesTime);
  if (refusal) logRefusal(refusal, event.requestContext.timeEpoch);
  if (!isRecorded) return unavailable;
  return refusal ? refused(refusal) : accepted;
}

/** Records an increment in the table, or on the queue if the table fails. Returns false if both fail. */
async function record(increment: Increment, signal: AbortSignal): Promise<boolean> {
  try {
    await counters.count(increment, signal);
    return true;
  } catch (error) {
    return await enqueue(increment, error);
  }
}

async function enqueue(increment: Increment, error: unknown): Promise<boolean> {
  try {
    if (!queue) throw new Error('There is no queue.');
    await queue.enqueue(increment, AbortSignal.timeout(budget.queue));
    logFailure('statistics table', error);
    return true;
  } catch (queueError) {
    log({ failed: 'counting', error: errorName(error), queue: errorName(queueError), ...increment });
    return false;
  }
}

/**
 * POST /track?explain=1: says what the same hit would change, and changes nothing. It does not look up the visitor:
 * others behind the same IP address could ask.
 */
async function explain(event: Request): Promise<Response> {
  const { increment, refusal, recordsVisitor } = await collect(event, asNewVisitor);
  if (refusal) return explained({ refused: refusal, ...increment, visitorRecord: recordsVisitor });
  return explained({ ...(await counters.preview(increment)), visitorRecord: recordsVisitor });
}

type LookUpVisitor = typeof visitors.record;

const asNewVisitor: LookUpVisitor = async (_day, _identity, _url, now) => visitOf(undefined, now);

/** What a hit changes. */
interface Change {
  increment: Increment;
  recordsVisitor: boolean;
  refusal?: Refusal;
}

/** Turns a request into the change it makes. `lookUpVisitor` says what the visitor's earlier views make of this one. */
async function collect(event: Request, lookUpVisitor: LookUpVisitor): Promise<Change> {
  const { origin, 'user-agent': userAgent, 'accept-language': languages } = event.headers;
  const moment = momentAt(event.requestContext.timeEpoch, timeZone);
  const { day } = moment;
  const refuse = (refusal: Refusal): Change => ({
    increment: { day, url: notCounted, add: refusalCounters(refusal) },
    recordsVisitor: false,
    refusal,
  });

  const hit = parseHit({ body: bodyText(event), origin, userAgent, languages }, sites);
  if (typeof hit === 'string') return refuse(hit);
  const { url } = hit;
  if ('event' in hit) return { increment: { day, url, add: eventCounters(hit) }, recordsVisitor: false };
  const recordsVisitor = hasVisitors && !asksForPrivacy(event);
  const visit = recordsVisitor ? await visitBy(event, hit, day, lookUpVisitor) : unlinkedVisit(hit.cameFromSite);
  if (typeof visit === 'string') return refuse(visit);
  return { increment: { day, url, add: viewCounters(hit, moment, visit) }, recordsVisitor };
}

/** Returns the counters of a view's visit. If the visitors table fails or is slow, the view counts as unlinked. */
async function visitBy({ requestContext }: Request, view: PageView, day: Day, lookUpVisitor: LookUpVisitor) {
  const { site, url, client, cameFromSite } = view;
  const identity = { site, ip: requestContext.http.sourceIp, userAgent: client.userAgent };
  const now = Math.floor(requestContext.timeEpoch / 1000);
  try {
    return await lookUpVisitor(day, identity, url, now, AbortSignal.timeout(budget.visitor));
  } catch (error) {
    logFailure('visitors table', error);
    return unlinkedVisit(cameFromSite);
  }
}
