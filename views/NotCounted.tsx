import { Fragment } from 'preact';
import { maxBodyBytes } from '../core/collect/fields.ts';
import { maxUrlBytes } from '../core/collect/page-url.ts';
import { unknown } from '../core/counters/names.ts';
import type { Count, Report } from '../core/report/report.ts';
import { barWidth } from './bar-width.ts';
import { ChangedCell } from './Changed.tsx';
import { csvLink, type LinkTo } from './links.ts';
import { NumberColumn } from './NumberColumn.tsx';
import { PanelTitle } from './PanelTitle.tsx';
import { counted, grouped } from './text.ts';

const meaning: Record<string, string> = {
  bot: "a bot's user agent, or an automated browser",
  'foreign site': 'the page is not on one of your sites, or another site sent the hit',
  malformed: `not a JSON object with a web address, or over ${maxBodyBytes / 1024} KB`,
  spam: 'the referrer is on the list of spam referrers',
  'too long': `the page's URL has more than ${grouped(maxUrlBytes)} bytes`,
};

const families: Record<string, string> = {
  search: 'search engines',
  ai: 'AI crawlers',
  monitor: 'monitors',
  headless: 'automated browsers',
  none: 'no user agent',
  other: 'other bots',
  [unknown]: 'unknown kind',
};

/** Renders how many hits were refused, by reason, and the bots by family. They are in no other number. */
export function NotCounted({ report, linkTo }: { report: Pick<Report, 'refusals' | 'bots'>; linkTo: LinkTo }) {
  const { refusals, bots } = report;
  if (refusals.length === 0) return null;
  const total = refusals.reduce((sum, { count }) => sum + count, 0);
  const most = refusals[0]?.count ?? 0;
  const hasChange = refusals.some(({ previous }) => previous !== undefined);
  const row = ({ name, count, previous }: Count, label: string) => (
    <tr key={name} class={name === label ? undefined : 'part'}>
      <th scope="row" class={barWidth(count, most)}>
        <span>{label}</span>
      </th>
      <td>{grouped(count)}</td>
      {hasChange && <ChangedCell now={count} before={previous} isBad />}
    </tr>
  );
  return (
    <section class="box" id="not-counted">
      <PanelTitle title="Not counted" csv={csvLink('not-counted', linkTo)} />
      <table class="table is-fullwidth bars">
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <NumberColumn>Hits</NumberColumn>
            {hasChange && <NumberColumn>Change</NumberColumn>}
          </tr>
        </thead>
        <tbody>
          {refusals.map((refusal) => (
            <Fragment key={refusal.name}>
              {row(refusal, refusal.name)}
              {refusal.name === 'bot' && bots.map((bot) => row(bot, families[bot.name] ?? `${bot.name} bots`))}
            </Fragment>
          ))}
        </tbody>
      </table>
      <details>
        <summary>What the reasons mean</summary>
        <dl>
          {refusals.map(
            ({ name }) =>
              meaning[name] && (
                <Fragment key={name}>
                  <dt>{name}</dt>
                  <dd>{meaning[name]}</dd>
                </Fragment>
              ),
          )}
        </dl>
        <p>{counted(total, 'hit')} in all. They are in no other number.</p>
      </details>
    </section>
  );
}
