import type { Day, Moment } from '../calendar/day.ts';
import { type Audience, audienceOf } from '../collect/audience.ts';
import type { Campaign, PageEvent, PageView } from '../collect/hit.ts';
import { pathOf } from '../collect/page-url.ts';
import { type Counters, unknown } from '../counters/names.ts';

/** A view or an event as the lake keeps it. A field that is unknown or empty is absent. */
export interface LakeRecord extends Campaign, Partial<Audience> {
  /** The day in the site's time zone. */
  date: Day;
  /** The hour of that day, from 0 to 23. */
  hour: number;
  site: string;
  /** Path and query as counted, without origin. */
  page: string;
  /** The path of the site's page that led here. */
  before?: string;
  /** The host that linked here, as counted. */
  referrer?: string;
  /** The name of an event. Absent from a view. */
  event?: string;
  /** The number of the view in its visit: 1, 2, or 3 for all later ones. Absent if the visit is not linked to a visitor. */
  nth?: number;
}

/** The columns of a record, in their order. All others are texts. */
export const lakeColumns = [
  ...['date', 'hour', 'site', 'page', 'before', 'referrer', 'source', 'medium', 'campaign', 'term', 'content'],
  ...['country', 'language', 'device', 'browser', 'os', 'event', 'nth'],
] as (keyof LakeRecord)[];

/** The columns of numbers. */
export const numberColumns = ['hour', 'nth'] as const satisfies (keyof LakeRecord)[];

/**
 * Returns what the lake keeps of a view or an event. `visit` is what `visitOf` returns for a view. Leave it out if the
 * view is not linked to a visitor.
 */
export function lakeRecordOf(hit: PageView | PageEvent, { day, hour }: Moment, visit?: Counters): LakeRecord {
  const own = 'event' in hit ? { event: hit.event } : { ...viewFields(hit), ...(visit && { nth: nthView(visit) }) };
  return {
    date: day,
    hour: Number(hour),
    site: hit.site,
    page: pathOf(hit.url),
    ...own,
    ...known(audienceOf(hit.client)),
  };
}

const viewFields = ({ before, referrer, campaign }: PageView) => ({
  ...(before !== undefined && { before }),
  ...(referrer !== '' && { referrer }),
  ...campaign,
});

/** The first view of a visit counts the visit, and the second counts it as engaged. */
const nthView = ({ visits, engaged }: Counters) => (visits ? 1 : engaged ? 2 : 3);

const known = (audience: Audience): Partial<Audience> =>
  Object.fromEntries(Object.entries(audience).filter(([, name]) => name !== unknown));
