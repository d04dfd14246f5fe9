import { siteOf } from '../core/counters/names.ts';
import type { Metric } from '../core/report/filter.ts';
import type { Report } from '../core/report/report.ts';
import type { Unit } from '../core/report/unit.ts';
import { barWidth } from './bar-width.ts';
import { ChangedCell } from './Changed.tsx';
import { nouns } from './labels.ts';
import type { LinkTo } from './links.ts';
import { NumberColumn } from './NumberColumn.tsx';
import { PanelTitle } from './PanelTitle.tsx';
import { hasTrend, Sparkline } from './Sparkline.tsx';
import { capitalised, grouped } from './text.ts';

interface Props {
  report: Report;
  /** The hosts of all sites. */
  sites: string[];
  unit: Unit;
  linkTo: LinkTo;
}

/** Renders each site with its trend, total and change. Each name links to the dashboard of that site. */
export function SitesOverview({ report, sites, unit, linkTo }: Props) {
  const { metric, series } = report;
  const dates = series.map(({ date }) => date);
  const counts = new Map(report.sites.map((each) => [each.site, each]));
  const rows = sites
    .map((host) => ({ host, now: counts.get(siteOf(host)) }))
    .sort((a, b) => (b.now?.totals[metric] ?? 0) - (a.now?.totals[metric] ?? 0));
  const withTrend = hasTrend(report.sites.map(({ series }) => series));
  const hasChange = report.sites.some(({ previous }) => previous);
  return (
    <section class="box">
      <PanelTitle title="Sites" />
      <table class="table is-fullwidth bars">
        <thead>
          <tr>
            <th scope="col">Site</th>
            {withTrend && (
              <th scope="col" class="number not-phone">
                Trend
              </th>
            )}
            <NumberColumn>{titleOf(metric)}</NumberColumn>
            {hasChange && <NumberColumn>Change</NumberColumn>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ host, now }) => (
            <tr key={host}>
              <th scope="row" class={barWidth(now?.totals[metric] ?? 0, rows[0]?.now?.totals[metric] ?? 0)}>
                <a href={linkTo({ site: host })}>{host}</a>
              </th>
              {withTrend && (
                <td class="not-phone">{now && <Sparkline dates={dates} unit={unit} counts={now.series} />}</td>
              )}
              <td>{grouped(now?.totals[metric] ?? 0)}</td>
              {hasChange && <ChangedCell now={now?.totals[metric] ?? 0} before={now ? now.previous?.[metric] : 0} />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const titleOf = (metric: Metric) => capitalised(`${nouns[metric]}s`);
