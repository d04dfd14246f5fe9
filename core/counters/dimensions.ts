/** A property of visits, such as their country, or the events. */
export interface Dimension {
  /** The titles of its panel and of its filter. */
  title: readonly [many: string, one: string];
  /** Where its names come from: the linking page, the link's utm parameters, either of them, the client, or an event. */
  from: 'referrer' | 'campaign' | 'channel' | 'client' | 'event';
  /** How many times `MAX_NAMES_PER_DIMENSION` names a page takes on a day. 0 if strangers cannot choose the names. */
  quota: number;
  /** The number of the dashboard's panel that shows it. */
  panel: number;
}

const utm = (many: string, one: string) =>
  ({ title: [many, one], from: 'campaign', quota: 1, panel: 1 }) as const satisfies Dimension;
const client = (many: string, one: string, panel: number) =>
  ({ title: [many, one], from: 'client', quota: 0, panel }) as const satisfies Dimension;

/** All dimensions. A counter is named `<dimension>_<name>`: `country_FR`, `event_signup`. */
export const dimensions = {
  channel: { title: ['Channels', 'Channel'], from: 'channel', quota: 0, panel: 0 },
  referrer: { title: ['Referrers', 'Referrer'], from: 'referrer', quota: 2, panel: 0 },
  source: utm('Sources', 'Source'),
  medium: utm('Mediums', 'Medium'),
  campaign: utm('Campaigns', 'Campaign'),
  term: utm('Terms', 'Term'),
  content: utm('Contents', 'Content'),
  country: client('Countries', 'Country', 2),
  language: client('Languages', 'Language', 2),
  device: client('Devices', 'Device', 3),
  browser: client('Browsers', 'Browser', 3),
  os: client('Systems', 'System', 3),
  event: { title: ['Events', 'Event'], from: 'event', quota: 3, panel: 4 },
} as const satisfies Record<string, Dimension>;

export type DimensionName = keyof typeof dimensions;
type NamesFrom<From extends Dimension['from']> = {
  [Name in DimensionName]: (typeof dimensions)[Name]['from'] extends From ? Name : never;
}[DimensionName];

const isFrom =
  <From extends Dimension['from']>(...origins: From[]) =>
  (name: DimensionName): name is NamesFrom<From> =>
    (origins as Dimension['from'][]).includes(dimensions[name].from);

/** Returns what a name of a dimension is called in a sentence: `system` for `os`. */
export const nounOf = (dimension: DimensionName): string => dimensions[dimension].title[1].toLowerCase();

export const dimensionNames = Object.keys(dimensions) as DimensionName[];

/** The dimensions of visits. The names of each sum to the visits. */
export const visitDimensions = dimensionNames.filter(isFrom('channel', 'referrer', 'campaign', 'client'));
export type VisitDimension = (typeof visitDimensions)[number];

/** The utm parameters of a link, without `utm_`. */
export const campaignFields = dimensionNames.filter(isFrom('campaign'));
export type CampaignField = (typeof campaignFields)[number];

/** The dimensions whose names strangers choose. */
export const unboundedDimensions = dimensionNames.filter((name) => dimensions[name].quota > 0);
