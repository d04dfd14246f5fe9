import type { Campaign } from '../../core/collect/hit.ts';
import { eachRecord, hasColumns, type Row, rowReader } from '../files/records.ts';
import { audienceNamed } from '../foreign-names/audience-named.ts';
import { linkNamed } from '../foreign-names/link-named.ts';
import { type Entry, type Format, type Sink, UnreadableFile } from '../format.ts';
import { downloadEvent, outboundEvent } from './link-events.ts';

const visitColumns = [
  ...['idVisit', 'visitorId', 'userId', 'referrerType', 'referrerName', 'referrerUrl', 'referrerKeyword'],
  ...['campaignName', 'campaignSource', 'campaignMedium', 'campaignKeyword', 'campaignContent', 'browserName'],
  ...['operatingSystemName', 'deviceType', 'resolution', 'languageCode', 'countryCode'],
] as const;
const actionFields = ['type', 'url', 'timestamp', 'eventCategory', 'eventAction'] as const;
type Visit = Row<(typeof visitColumns)[number]>;
type Action = Row<(typeof actionFields)[number]>;

const table = 'actions';

/** The CSV of `Live.getLastVisitsDetails` of Matomo, flat: a visit on each line, with the columns of each of its actions. */
export const matomo: Format = {
  name: 'matomo',
  title: 'Matomo',
  lacks: ['values of events', 'goals and orders'],
  recognizes: (entries) => entries.some(isVisits),
  async read(entries, _, sink) {
    for (const entry of entries) {
      if (isVisits(entry)) await readVisits(entry, sink);
      else sink.drop(entry.name, 'unknown table');
    }
  },
};

const isVisits = (entry: Entry) => hasColumns(entry, 'idVisit', 'actionDetails_0_type', 'actionDetails_0_url');

async function readVisits(entry: Entry, sink: Sink): Promise<void> {
  let read: ((values: string[]) => { visit: Visit; actions: Action[] }) | undefined;
  await eachRecord(entry, (values) => {
    if (!read) {
      read = visitReader(values);
      return;
    }
    const { visit, actions } = read(values);
    passVisit(visit, actions, sink);
  });
}

/** Returns what turns the lines below a header into visits. The longest visit of a file decides how many actions it has. */
function visitReader(header: string[]) {
  const visitOf = rowReader(header, visitColumns);
  const prefixes = header.flatMap((name) => /^\s*(actionDetails_\d+_)type\s*$/i.exec(name)?.[1] ?? []);
  const readers = prefixes.sort(byNumber).map((prefix) => {
    const names = header.map((name) => (name.trim().startsWith(prefix) ? name.trim().slice(prefix.length) : ''));
    return rowReader(names, actionFields);
  });
  return (values: string[]) => ({ visit: visitOf(values), actions: readers.map((actionOf) => actionOf(values)) });
}

const byNumber = (a: string, b: string) => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0]);

function passVisit(visit: Visit, actions: Action[], sink: Sink): void {
  const client = audienceNamed({
    country: visit.countryCode,
    device: visit.deviceType,
    width: visit.resolution,
    browser: visit.browserName,
    os: visit.operatingSystemName,
    language: visit.languageCode,
  });
  const common = { visitor: visit.visitorId || visit.userId || visit.idVisit, visit: visit.idVisit, client };
  let origin = originOf(visit);
  let page = '';
  for (const { type, url, timestamp, ...action } of actions) {
    if (type === '') continue;
    const isView = type === 'action' || type === 'search';
    const event = isView ? undefined : eventOf(type, url, action);
    if (isView && url !== '') page = url;
    const on = isView ? url : type === 'event' ? url || page : page;
    if (event === '') sink.drop(table, 'action other than a view or event');
    else if (on === '') sink.drop(table, 'action without a page');
    else {
      sink.view(table, { ...common, time: parseTimestamp(timestamp), url: on, ...origin, event });
      if (isView) origin = { referrer: '', campaign: {} };
    }
  }
}

/** Returns the name of an event. Returns an empty text for what is not counted, such as a goal. */
function eventOf(type: string, url: string, action: Pick<Action, 'eventCategory' | 'eventAction'>): string {
  if (type === 'outlink') return outboundEvent(url);
  if (type === 'download') return downloadEvent(url);
  if (type !== 'event') return '';
  return [action.eventCategory, action.eventAction].filter((text) => text !== '').join(': ');
}

function originOf(visit: Visit): { referrer: string; campaign: Campaign } {
  const isCampaign = visit.referrerType === 'campaign';
  const isDirect = visit.referrerType === 'direct';
  return {
    referrer: linkNamed(visit.referrerUrl || (isCampaign || isDirect ? '' : visit.referrerName)),
    campaign: isCampaign
      ? {
          campaign: visit.campaignName || visit.referrerName,
          source: visit.campaignSource,
          medium: visit.campaignMedium,
          term: visit.campaignKeyword || visit.referrerKeyword,
          content: visit.campaignContent,
        }
      : {},
  };
}

function parseTimestamp(text: string): number {
  if (/^\d{8,10}$/.test(text)) return 1000 * Number(text);
  throw new UnreadableFile(`"${text.slice(0, 40)}" is not a time in seconds since 1970. Export the visits again.`);
}
