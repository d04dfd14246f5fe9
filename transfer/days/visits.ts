import { isVisitOver, unlinkedVisit, visitOf, visitorCaps } from '../../core/collect/visit.ts';
import type { Counters } from '../../core/counters/names.ts';
import { type FollowedLink, outcomeCounters } from '../../core/counters/outcomes.ts';
import type { DayView } from './day-record.ts';

interface Visitor {
  seen: number;
  seenBefore: number;
  views: number;
  pages: Set<string>;
  /** The link that their current visit began with. */
  link: FollowedLink;
}

/**
 * Returns what views of one day add to the counters of visits. They come in order of time. A visit that the tool names has
 * its views, whatever the pauses. Otherwise the rules are those of live hits: a day begins new visits and new visitors.
 */
export function visitsOfDay() {
  const visitors = new Map<string, Visitor>();
  const visits = new Map<string, { seen: number; views: number; link: FollowedLink }>();
  let begun = 0;

  function byVisitor({ visitor, url, time, cameFromSite, campaign: link }: DayView): Counters {
    if (visitor === '') return unlinkedVisit(cameFromSite);
    const known = visitors.get(visitor);
    if (!known) {
      visitors.set(visitor, { seen: time, seenBefore: 0, views: 1, pages: new Set([url]), link });
      return visitOf(undefined, time, link);
    }
    if (known.views >= visitorCaps.views || known.pages.size >= visitorCaps.pages) return unlinkedVisit(cameFromSite);
    const counters = visitOf({ ...known, sawPage: known.pages.has(url) }, time, link);
    if (counters.visits) known.link = link;
    known.pages.add(url);
    Object.assign(known, { seenBefore: known.seen, seen: time, views: known.views + 1 });
    return counters;
  }

  function byVisit({ visit, time, campaign: link }: DayView): Counters {
    const known = visits.get(visit);
    if (!known) {
      visits.set(visit, { seen: time, views: 1, link });
      return { visits: 1, ...outcomeCounters('linked', link) };
    }
    const pause = time - known.seen;
    Object.assign(known, { seen: time, views: known.views + 1 });
    return {
      ...(known.views === 2 && { engaged: 1, ...outcomeCounters('engaged', known.link) }),
      ...(pause > 0 && { seconds: pause }),
    };
  }

  /** A visitor of a tool that names visits counts however many pages they view. */
  function firstsOf({ visitor, url, time }: DayView): Counters {
    const known = visitors.get(visitor);
    if (visitor === '' || known?.pages.has(url)) return {};
    if (known) known.pages.add(url);
    else visitors.set(visitor, { seen: time, seenBefore: 0, views: 1, pages: new Set([url]), link: {} });
    return { visitors: 1, ...(!known && { site_visitors: 1 }) };
  }

  return {
    /** Returns the counters of the next view. */
    next(view: DayView): Counters {
      if (view.visit !== '') return { ...firstsOf(view), ...byVisit(view) };
      const counters = byVisitor(view);
      begun += counters.visits ?? 0;
      return counters;
    },
    /** Returns the link of the visit in which an event happens. Empty without one. */
    linkOf({ visitor, visit, time }: DayView): FollowedLink {
      if (visit !== '') return visits.get(visit)?.link ?? {};
      const known = visitors.get(visitor);
      return known && !isVisitOver(known.seen, time) ? known.link : {};
    },
    /** How many visitors the views name, and how many visits they name or begin. */
    found: () => ({ visitors: visitors.size, visits: visits.size + begun }),
  };
}
