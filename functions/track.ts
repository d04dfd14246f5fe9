import { readLimits, readTableNames } from '../config/function-settings.ts';
import { readSetting } from '../config/settings.ts';
import { momentAt } from '../core/calendar/day.ts';
import { parseHit, type Refusal } from '../core/collect/hit.ts';
import { unlinkedVisit, visitOf } from '../core/collect/visit.ts';
import { eventCounters, refusalCounters, viewCounters } from '../core/counters/hit-counters.ts';
import type { Increment } from '../core/counters/increment.ts';
import { notCountedOf } from '../core/counters/names.ts';
import { type LakeRecord, lakeRecordOf } from '../core/lake/lake-record.ts';
import { liveHitOf } from '../core/live/live-hit.ts';
import { networkOf } from '../http/network.ts';
import { asksForPrivacy, bodyText, type Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import { accepted, explained, refused, unavailable } from '../http/track-response.ts';
import { anonymousShare, cappedCounters, type ShareOf } from '../store/capped-counters.ts';
import { dynamoClient, failFast, once } from '../store/client.ts';
import { countOrQueue } from '../store/count-or-queue.ts';
import { lakeStore } from '../store/lake.ts';
import { liveStore } from '../store/live.ts';
import { liveFeed } from '../store/live-feed.ts';
import { livePosts } from '../store/live-posts.ts';
import { logFailure, logRefusal } from '../store/log.ts';
import { type NetworkOnSite, networkNames } from '../store/network-names.ts';
import { overflowQueue } from '../store/overflow-queue.ts';
import { dailySalts } from '../store/salts.ts';
import { statisticsStore } from '../store/statistics.ts';
import { type VisitorsStore, visitorsStore } from '../store/visitors.ts';

const sites = readSetting('SITES', process.env);
const timeZone = readSetting('TIME_ZONE', process.env);
const hasVisitors = readSetting('VISITORS', process.env) === 'on';
const pageUrls = readSetting('PAGE_URLS', process.env);
const hitTimeout = readSetting('HIT_TIMEOUT', process.env);
const { statisticsTable, visitorsTable, liveTable } = readTableNames(process.env);
const queueUrl = process.env.OVERFLOW_QUEUE_URL;
const hasLive = readSetting('LIVE', process.env) !== 'off';
const connectionsUrl = process.env.LIVE_CONNECTIONS_URL;
const hasLake = readSetting('LAKE', process.env) === 'on';
const { FIREHOSE_URL = '', LAKE_STREAM = '' } = process.env;

/** A share of HIT_TIMEOUT in whole milliseconds: AbortSignal.timeout throws on parts of one. */
const share = (part: number) => Math.round(part * hitTimeout);
/** Loading, one attempt of the SDK, the visitor's record, new names, both tables together, and the queue after them. */
const budget = {
  start: share(0.3),
  attempt: share(0.4),
  visitor: share(0.5),
  names: share(0.2),
  tables: share(0.9),
  queue: share(0.4),
};

const client = dynamoClient(failFast(budget.attempt));
const limits = readLimits(process.env);
const counters = cappedCounters(statisticsStore(client, statisticsTable), limits);
const { saltOf } = dailySalts(client, visitorsTable);
const visitors = visitorsStore(client, visitorsTable, saltOf);
const networks = networkNames(client, visitorsTable, saltOf, limits);
const live = hasLive ? startLive() : undefined;
const lake = hasLake ? lakeStore(FIREHOSE_URL, LAKE_STREAM, client) : undefined;
const queue = queueUrl ? overflowQueue(queueUrl, failFast(budget.attempt)) : undefined;
const record = countOrQueue(counters, queue, budget.queue);

// Until a function is loaded it has a whole processor, later a part (decision 012). So it opens its connection here, and
// reads today's salt, and whether somebody watches the live view. If the salt fails or takes too long, the first hit reads
// it.
const now = Date.now();
const loaded = AbortSignal.timeout(budget.start);
await Promise.all([
  hasVisitors && saltOf(momentAt(now, timeZone).day, Math.floor(now / 1000), loaded).catch(() => {}),
  live?.look(now, loaded),
  lake?.connect(loaded),
]);

/** Makes what the live view needs. Its writes have no second attempt, and so do not use up those of the counters. */
function startLive() {
  const post = connectionsUrl ? livePosts(connectionsUrl, client) : undefined;
  return liveFeed(liveStore(client, liveTable), liveStore(dynamoClient(once(client)), liveTable), post);
}

/**
 * POST /track: counts a hit, or counts and says why it refuses the hit. Returns 503 if neither the table nor the queue
 * took it. The log then has its counters for `npm run replay`.
 */
export async function handler(event: Request): Promise<Response> {
  if (event.queryStringParameters?.explain !== undefined) return explain(event);
  const tablesTime = AbortSignal.timeout(budget.tables);
  const { timeEpoch } = event.requestContext;
  live?.look(timeEpoch); // in parallel: nothing waits for it
  const change = await collect(event, visitors);
  const { increment, refusal } = change;
  const isRecorded = await record(increment, { shareOf: shareFor(event, change, tablesTime), signal: tablesTime });
  if (refusal) logRefusal(refusal, timeEpoch);
  if (!isRecorded) return unavailable;
  await Promise.all([show(change, timeEpoch), keep(change, timeEpoch)]);
  return refusal ? refused(refusal) : accepted;
}

/** Shows a counted hit to those who watch the live view. */
async function show({ shown, increment }: Change, time: number): Promise<void> {
  if (shown && live?.isWatched(time)) await live.show(liveHitOf(time, shown.site, increment, shown.isLinked), time);
}

/** Keeps a counted hit in the lake. One that waits on the queue is as good as counted. */
async function keep({ lakeRecord }: Change, time: number): Promise<void> {
  if (lakeRecord) await lake?.keep(lakeRecord, time);
}

/** The part of each quota that a sender's new names may fill, unless its network has brought too many. */
const shareOfSender = (sender: NetworkOnSite | undefined) => (sender || !hasVisitors ? 1 : anonymousShare);

/** Bounds the new names of one network. If the visitors table fails, the sender counts as anonymous. */
function shareFor({ requestContext }: Request, { increment, sender }: Change, tablesTime: AbortSignal): ShareOf {
  if (!sender) return () => shareOfSender(sender);
  return async (names) => {
    try {
      const time = AbortSignal.any([AbortSignal.timeout(budget.names), tablesTime]);
      return (await networks.bring(increment.day, sender, names, secondsOf(requestContext), time)) ? 1 : 0;
    } catch (error) {
      logFailure('visitors table', error);
      return anonymousShare;
    }
  };
}

const secondsOf = ({ timeEpoch }: Request['requestContext']) => Math.floor(timeEpoch / 1000);

/**
 * POST /track?explain=1: says what the same hit would change, and changes nothing. It does not look up the visitor:
 * others behind the same IP address could ask.
 */
async function explain(event: Request): Promise<Response> {
  const { increment, refusal, sender, lakeRecord } = await collect(event, asNewVisitor);
  const visitorRecord = sender !== undefined && 'views' in increment.add;
  if (refusal) return explained({ refused: refusal, ...increment, visitorRecord });
  const preview = await counters.preview(increment, shareOfSender(sender));
  return explained({ ...preview, visitorRecord, ...(lakeRecord && { lake: lakeRecord }) });
}

/** What answers as for a visitor's first hit of the day, and records nothing. */
const asNewVisitor: VisitorsStore = {
  record: async (_day, _identity, { link }, now) => visitOf(undefined, now, link),
  linkOfVisit: async () => ({}),
};

/** What a hit changes. */
interface Change {
  increment: Increment;
  /** Undefined if the visitors table must note nothing of the sender, or fails. */
  sender?: NetworkOnSite | undefined;
  refusal?: Refusal;
  /** What the live view has to know besides. */
  shown?: { site: string; isLinked: boolean };
  /** What the lake keeps of the hit. Absent with LAKE=off. */
  lakeRecord?: LakeRecord;
}

/** Turns a request into the change it makes. `lookUp` knows the visitor's earlier views. */
async function collect(event: Request, lookUp: VisitorsStore): Promise<Change> {
  const { origin, 'user-agent': userAgent = '', 'accept-language': languages } = event.headers;
  const moment = momentAt(event.requestContext.timeEpoch, timeZone);
  const { day } = moment;
  const hit = parseHit({ body: bodyText(event), origin, userAgent, languages }, sites, pageUrls);
  if ('refusal' in hit) {
    const increment = { day, url: notCountedOf(hit.site), add: refusalCounters(hit) };
    return { increment, refusal: hit.refusal };
  }
  const { site, url } = hit;
  const ip = event.requestContext.http.sourceIp;
  const now = secondsOf(event.requestContext);
  const visitor = { site, ip, userAgent };
  const sender = hasVisitors && !asksForPrivacy(event) ? { site, network: networkOf(ip) } : undefined;
  if ('event' in hit) {
    const link = sender && (await lookedUp((time) => lookUp.linkOfVisit(day, visitor, now, time)));
    const increment = { day, url, add: eventCounters(hit, link) };
    return { increment, sender: link && sender, shown: { site, isLinked: false }, ...kept(hit, moment) };
  }
  const view = { url, link: hit.campaign };
  const visit =
    sender && (await lookedUp(async (time) => (await lookUp.record(day, visitor, view, now, time)) ?? 'over cap'));
  const isLinked = typeof visit === 'object';
  const counters = isLinked ? visit : unlinkedVisit(hit.cameFromSite);
  const increment = { day, url, add: viewCounters(hit, moment, counters) };
  const ofLake = kept(hit, moment, isLinked ? visit : undefined);
  return { increment, sender: visit && sender, shown: { site, isLinked }, ...ofLake };
}

/** Returns the record of a hit if there is a lake. */
const kept = (...hit: Parameters<typeof lakeRecordOf>): { lakeRecord?: LakeRecord } =>
  hasLake ? { lakeRecord: lakeRecordOf(...hit) } : {};

/** Returns what the visitors table answers in its time. Returns undefined, and logs the failure, if it does not. */
async function lookedUp<Answer>(ask: (time: AbortSignal) => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask(AbortSignal.timeout(budget.visitor));
  } catch (error) {
    logFailure('visitors table', error);
    return undefined;
  }
}
