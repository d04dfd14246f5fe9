import { countersOf, countersOfEvent, countersOfRefusal } from '../core/counters.ts';
import { type Day, momentAt } from '../core/day.ts';
import { type PageView, parseHit, type Refusal } from '../core/hit.ts';
import type { Increment } from '../core/increment.ts';
import { unlinkedVisit, visitOf } from '../core/visit.ts';
import { notCounted } from '../core/vocabulary.ts';
import { admissionTo } from '../store/admission.ts';
import { dynamoClient, hasty } from '../store/client.ts';
import { overflowQueue } from '../store/overflow.ts';
import { statisticsStore } from '../store/statistics.ts';
import { visitorsStore } from '../store/visitors.ts';
import {
  asksForPrivacy,
  bodyOf,
  explained,
  noContent,
  type Request,
  type Response,
  refused,
  unavailable,
} from './http.ts';
import { log, logFailure, nameOf, noteRefusal } from './log.ts';
import { parseSettings } from './settings.ts';

const settings = parseSettings(process.env);
const { hitTimeout, overflowQueueUrl } = settings;
/** A part of the time for a hit; AbortSignal.timeout throws on parts of a millisecond. */
const timeFor = (part: number) => Math.round(part * hitTimeout);
const patience = () => hasty(timeFor(0.4));
const client = dynamoClient(patience());
const { count, preview } = admissionTo(statisticsStore(client, settings.statisticsTable), settings);
const { mark } = visitorsStore(client, settings.visitorsTable);
const overflow = overflowQueueUrl ? overflowQueue(overflowQueueUrl, patience()) : undefined;

/**
 * POST /track: counts a hit, or counts and says why not. 503 where neither the table nor the queue took it: then a line
 * of the log has what `npm run replay` adds later.
 */
export async function handler(event: Request): Promise<Response> {
  if (event.queryStringParameters?.explain !== undefined) return explain(event);
  const tablesTime = AbortSignal.timeout(timeFor(0.9));
  const { increment, refusal } = await changeBy(event, mark);
  const isKept = await keep(increment, tablesTime);
  if (refusal) noteRefusal(refusal, event.requestContext.timeEpoch);
  if (!isKept) return unavailable;
  return refusal ? refused(refusal) : noContent;
}

/** Adds an increment to the table, or, where that cannot be, puts it on the queue; false where neither is to be had. */
async function keep(increment: Increment, signal: AbortSignal): Promise<boolean> {
  try {
    await count(increment, signal);
    return true;
  } catch (error) {
    return await putAside(increment, error);
  }
}

async function putAside(increment: Increment, error: unknown): Promise<boolean> {
  try {
    if (!overflow) throw new Error('There is no queue.');
    await overflow.put(increment, AbortSignal.timeout(timeFor(0.4)));
    logFailure('statistics table', error);
    return true;
  } catch (queueError) {
    log({ failed: 'counting', error: nameOf(error), queue: nameOf(queueError), ...increment });
    return false;
  }
}

/**
 * POST /track?explain=1: tells what the same hit without it would change, counter by counter, and changes nothing. What
 * its visitor did earlier that day is not looked at: others behind the same address could ask.
 */
async function explain(event: Request): Promise<Response> {
  const { increment, refusal, marks } = await changeBy(event, asNew);
  if (refusal) return explained({ refused: refusal, ...increment, marker: marks });
  return explained({ ...(await preview(increment)), marker: marks });
}

const asNew: typeof mark = async (_day, _person, _url, now) => visitOf(undefined, now);

interface Change {
  increment: Increment;
  /** Whether it writes a marker of its visitor. */
  marks: boolean;
  refusal?: Refusal;
}

/** What a hit changes, where `recognise` tells what its visitor did earlier that day. */
async function changeBy(event: Request, recognise: typeof mark): Promise<Change> {
  const { origin, 'user-agent': userAgent, 'accept-language': languages } = event.headers;
  const { sites, timeZone, visitors } = settings;
  const moment = momentAt(event.requestContext.timeEpoch, timeZone);
  const { day } = moment;
  const refuse = (refusal: Refusal): Change => ({
    increment: { day, url: notCounted, add: countersOfRefusal(refusal) },
    marks: false,
    refusal,
  });

  const hit = parseHit({ body: bodyOf(event), origin, userAgent, languages }, sites);
  if (typeof hit === 'string') return refuse(hit);
  const { url } = hit;
  if ('event' in hit) return { increment: { day, url, add: countersOfEvent(hit) }, marks: false };
  const marks = visitors && !asksForPrivacy(event);
  const visit = marks ? await visitBy(event, hit, day, recognise) : unlinkedVisit(hit.cameFromSite);
  if (typeof visit === 'string') return refuse(visit);
  return { increment: { day, url, add: countersOf(hit, moment, visit) }, marks };
}

/** What a view says of its visitor. A table that fails, or is slow, costs this only: the view itself counts. */
async function visitBy({ requestContext }: Request, view: PageView, day: Day, recognise: typeof mark) {
  const { site, url, client, cameFromSite } = view;
  const person = { site, address: requestContext.http.sourceIp, userAgent: client.userAgent };
  const now = Math.floor(requestContext.timeEpoch / 1000);
  try {
    return await recognise(day, person, url, now, AbortSignal.timeout(timeFor(0.5)));
  } catch (error) {
    logFailure('visitors table', error);
    return unlinkedVisit(cameFromSite);
  }
}
