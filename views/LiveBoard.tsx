import type { ComponentChildren } from 'preact';
import { momentAt } from '../core/calendar/day.ts';
import type { DimensionName } from '../core/counters/dimensions.ts';
import { direct, other, unknown } from '../core/counters/names.ts';
import type { LiveHit } from '../core/live/live-hit.ts';
import { type LiveCount, type LiveReport, liveMinutes } from '../core/live/live-report.ts';
import { barWidth } from './bar-width.ts';
import { Link } from './Link.tsx';
import { LiveMinutes } from './LiveMinutes.tsx';
import { labelOf } from './labels.ts';
import { nowOf } from './live-data.ts';
import { NumberColumn } from './NumberColumn.tsx';
import { PageName } from './PageName.tsx';
import { counted, grouped } from './text.ts';

/** What the live page shows, apart from its numbers. */
export interface LiveScope {
  timeZone: string;
  /** The host that the names of pages leave out, or empty. */
  prefix: string;
  /** The query of a dashboard of today. Links to its pages add to it. */
  today: string;
  /** Whether older hits are left out, because too many came to read them all. */
  truncated: boolean;
}

interface Props extends LiveScope {
  report: LiveReport;
  /** Returns whether a hit has just come. */
  isFresh?: (hit: LiveHit) => boolean;
}

const rests: ReadonlySet<string> = new Set([direct, unknown, other]);

/** Renders the numbers of the live page. The server does so first. Then the browser may do it again with each view. */
export function LiveBoard({ report, timeZone, prefix, today, truncated, isFresh = () => false }: Props) {
  const pageHref = (url: string) => `dashboard${today}&page=${encodeURIComponent(url)}`;
  const pageOf = (url: string) => <PageName url={url} prefix={prefix} />;
  const now = nowOf(report);
  const named = (dimension: DimensionName) => (name: string) => labelOf(dimension, name);
  return (
    <>
      <section class="box live-now">
        <div>
          <p class="live-count">{grouped(now.count)}</p>
          <p>{now.of}</p>
          <p class="remark">
            in the last 5 minutes{report.readers > 0 && `, ${grouped(report.readers)} in ${liveMinutes}`}
          </p>
        </div>
        <LiveMinutes report={report} timeZone={timeZone} />
      </section>
      <section class="box">
        <h2>Latest</h2>
        {report.latest.length === 0 && (
          <p class="remark">
            No views yet. Footfall lists views only while somebody has this page open, and begins within 30 seconds.
          </p>
        )}
        <ol class="latest">
          {report.latest.map((hit) => (
            <li key={numberOf(hit)} class={isFresh(hit) ? 'is-fresh' : undefined}>
              <time>{clock(hit.time, timeZone)}</time>
              <span>
                {hit.event !== undefined && (
                  <>
                    <b>{labelOf('event', hit.event)}</b> on{' '}
                  </>
                )}
                <Link href={pageHref(hit.url)}>{pageOf(hit.url)}</Link>
              </span>
              <small>{detailsOf(hit)}</small>
            </li>
          ))}
        </ol>
      </section>
      <div class="live-tables">
        <Counts title="Pages" one="Page" unit="Views" counts={report.pages} label={pageOf} href={pageHref} />
        <Counts title="Sources" one="Source" unit="Visits" counts={report.origins} label={named('referrer')} />
        <Counts title="Countries" one="Country" unit="Visits" counts={report.countries} label={named('country')} />
        {report.events.length > 0 && (
          <Counts title="Events" one="Event" unit="Events" counts={report.events} label={named('event')} />
        )}
      </div>
      <p class="remark">
        Each reader counts once in each time span, by the minutes since their last view. Footfall keeps no identifier
        for that.
        {report.unlinked > 0 &&
          ` ${counted(report.unlinked, 'view')} are not linked to a reader and count as views only.`}
        {report.more > 0 &&
          ` ${counted(report.more, 'more hit')} came too fast to be shown here. The dashboard counts all.`}
        {truncated && ' Older hits are left out here, because there are too many. The dashboard counts all.'}
      </p>
    </>
  );
}

interface CountsProps {
  title: string;
  /** The title of one name, and of its counts. */
  one: string;
  unit: string;
  counts: LiveCount[];
  label(name: string): ComponentChildren;
  href?: (name: string) => string;
}

function Counts({ title, one, unit, counts, label, href }: CountsProps) {
  const sorted = [...counts.filter(({ name }) => !rests.has(name)), ...counts.filter(({ name }) => rests.has(name))];
  const most = Math.max(0, ...counts.filter(({ name }) => !rests.has(name)).map(({ count }) => count));
  return (
    <section class="box" aria-label={title}>
      <h2>{title}</h2>
      {counts.length === 0 && <p class="remark">None yet.</p>}
      {counts.length > 0 && (
        <table class="table is-fullwidth bars">
          <thead>
            <tr>
              <th scope="col">{one}</th>
              <NumberColumn>{unit}</NumberColumn>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ name, count }) => (
              <tr key={name} class={rests.has(name) ? 'rest' : undefined}>
                <th scope="row" class={rests.has(name) ? undefined : barWidth(count, most)}>
                  <Link href={href?.(name)} dir="auto">
                    {label(name)}
                  </Link>
                </th>
                <td>{grouped(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const numbers = new WeakMap<LiveHit, number>();
let lastNumber = 0;

/** Returns a number that a hit keeps, so that a new one slides in and the others only move. */
function numberOf(hit: LiveHit): number {
  const number = numbers.get(hit) ?? ++lastNumber;
  numbers.set(hit, number);
  return number;
}

/** Returns what is known of a visit's beginning: `google.com · 🇩🇪 Germany · Phone`. */
const detailsOf = ({ from, country, device }: LiveHit): string =>
  [
    from && labelOf('referrer', from),
    country && country !== unknown && labelOf('country', country),
    device && device !== unknown && labelOf('device', device),
  ]
    .filter(Boolean)
    .join(' · ');

/** Returns the time of an instant on the site's clock: `14:05`. */
export function clock(time: number, timeZone: string): string {
  const { hour, minute } = momentAt(time, timeZone);
  return `${hour}:${minute}`;
}
