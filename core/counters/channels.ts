import type { Campaign } from '../collect/hit.ts';
import { labelsOfChannels, mediumsOfChannels, namesOfChannels, plainMediums } from './channel-names.ts';
import { direct, other, unknown } from './names.ts';

/** The ways to a site. `direct` is none that is known, and `website` is any other site that links here. */
export const channels = ['direct', 'search', 'social', 'website', 'campaign', 'community', 'mail', 'ai'] as const;
export type Channel = (typeof channels)[number];

type Lists = { [Name in Channel]?: string };
const wordsOf = (list: string) => list.split(/\s+/).filter((word) => word !== '');
const channelByWord = (lists: Lists) =>
  new Map(
    Object.entries(lists).flatMap(([channel, list]) =>
      wordsOf(list).map((word) => [word, channel as Channel] as const),
    ),
  );

const byName = channelByWord(namesOfChannels);
const byLabel = channelByWord(labelsOfChannels);
const byMedium = channelByWord(mediumsOfChannels);
const plain = new Set(wordsOf(plainMediums));

/**
 * Returns the channel of a visit. The utm parameters of its link tell it, the medium before the source. Without them the
 * referrer does: a host as it is counted, or an empty text.
 */
export function channelOf({ campaign, referrer }: { campaign: Campaign; referrer: string }): Channel {
  const { medium = '', source = '' } = campaign;
  if (medium !== '' && !plain.has(medium)) return byMedium.get(medium) ?? 'campaign';
  if (Object.keys(campaign).length > 0) return channelOfName(source) ?? 'campaign';
  return channelOfReferrer(referrer);
}

const channelOfReferrer = (referrer: string): Channel =>
  referrer === '' || referrer === direct ? 'direct' : (channelOfName(referrer) ?? 'website');

/** Returns the channel of a host or a source: its own, that of the domain above it, or that of its first label. */
function channelOfName(name: string): Channel | undefined {
  const known = byName.get(name);
  if (known) return known;
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const channel = byName.get(`*${name.slice(dot)}`);
    if (channel) return channel;
  }
  return name.includes('.') ? byLabel.get(name.slice(0, name.indexOf('.'))) : undefined;
}

const prefix = 'channel_';
const ofReferrer = 'referrer_';

/** Returns the counter of a channel, or of visits whose channel is `(unknown)`. */
export const channelCounter = (channel: Channel | typeof unknown): string => prefix + channel;

/** Returns whether a counter is that of a channel. */
export const isChannelCounter = (counter: string): boolean => counter.startsWith(prefix);

const channelCounters = [...channels, unknown].map((channel) => prefix + channel);

/**
 * Adds the channels of an item's visits that were counted before there were channels. The referrers tell them, because
 * an item does not say which visits had both a referrer and a campaign. If only some visits of an item have channels, the
 * others are `(unknown)`. Changes nothing the second time.
 */
export function addChannels(counters: Map<string, number>): void {
  const visits = counters.get('visits') ?? 0;
  let missing = visits;
  for (const counter of channelCounters) {
    if (missing <= 0) return;
    missing -= counters.get(counter) ?? 0;
  }
  const older = new Map<string, number>();
  if (missing === visits)
    counters.forEach((count, name) => {
      if (!name.startsWith(ofReferrer)) return;
      const referrer = name.slice(ofReferrer.length);
      const counter = channelCounter(referrer === other ? unknown : channelOfReferrer(referrer));
      older.set(counter, (older.get(counter) ?? 0) + count);
      missing -= count;
    });
  for (const [counter, count] of older) counters.set(counter, count);
  const rest = channelCounter(unknown);
  if (missing > 0) counters.set(rest, (counters.get(rest) ?? 0) + missing);
}
