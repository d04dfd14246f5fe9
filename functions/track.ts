import { countersOf, countersOfEvent, countersOfRefusal } from '../core/counters.ts';
import { type Day, momentAt } from '../core/day.ts';
import { type PageView, parseHit, type Refusal } from '../core/hit.ts';
import { unmarkedVisit, visitOf } from '../core/visit.ts';
import { type Counters, notCounted } from '../core/vocabulary.ts';
import { admissionTo } from '../store/admission.ts';
import { dynamoClient } from '../store/client.ts';
import { statisticsStore } from '../store/statistics.ts';
import { visitorsStore } from '../store/visitors.ts';
import { asksForPrivacy, bodyOf, explained, noContent, type Request, type Response, refused } from './http.ts';
import { parseSettings } from './settings.ts';

const settings = parseSettings(process.env);
const client = dynamoClient();
const statistics = statisticsStore(client, settings.statisticsTable);
const { count, preview } = admissionTo(statistics, settings);
const { mark } = visitorsStore(client, settings.visitorsTable);

/** POST /track: counts a hit, or counts and says why not. */
export async function handler(event: Request): Promise<Response> {
  if (event.queryStringParameters?.explain !== undefined) return explain(event);
  const { day, url, add, refusal } = await changeBy(event, mark);
  if (refusal) {
    await statistics.add(day, url, add, settings.retentionDays);
    return refused(refusal);
  }
  await count(day, url, add);
  return noContent;
}

/**
 * POST /track?explain=1: tells what the same hit without it would change, counter by counter, and changes nothing. What
 * its visitor did earlier that day is not looked at: others behind the same address could ask.
 */
async function explain(event: Request): Promise<Response> {
  const { day, url, add, refusal, marks } = await changeBy(event, asNew);
  if (refusal) return explained({ refused: refusal, day, url, add, marker: marks });
  return explained({ day, ...(await preview(day, url, add)), marker: marks });
}

const asNew: typeof mark = async (_day, _person, _url, now) => visitOf(undefined, now);

interface Change {
  day: Day;
  /** The item, and what is added to its counters. */
  url: string;
  add: Counters;
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
  const refuse = (refusal: Refusal) => ({
    day,
    url: notCounted,
    add: countersOfRefusal(refusal),
    marks: false,
    refusal,
  });

  const hit = parseHit({ body: bodyOf(event), origin, userAgent, languages }, sites);
  if (typeof hit === 'string') return refuse(hit);
  const { url } = hit;
  if ('event' in hit) return { day, url, add: countersOfEvent(hit), marks: false };
  const marks = visitors && !asksForPrivacy(event);
  const visit = marks ? await visitBy(event, hit, day, recognise) : unmarkedVisit(hit.cameFromSite);
  return typeof visit === 'string' ? refuse(visit) : { day, url, add: countersOf(hit, moment, visit), marks };
}

/** What a view says of its visitor. A table that fails costs this only: the view itself counts. */
async function visitBy({ requestContext }: Request, view: PageView, day: Day, recognise: typeof mark) {
  const { site, url, client, cameFromSite } = view;
  const person = { site, address: requestContext.http.sourceIp, userAgent: client.userAgent };
  try {
    return await recognise(day, person, url, Math.floor(requestContext.timeEpoch / 1000));
  } catch (error) {
    console.warn(JSON.stringify({ failed: 'visitors table', error: error instanceof Error ? error.name : 'unknown' }));
    return unmarkedVisit(cameFromSite);
  }
}
