import { maxBodyBytes } from '../core/collect/fields.ts';
import { maxUrlBytes } from '../core/collect/page-url.ts';
import type { Report } from '../core/report/report.ts';
import { csvLink, type LinkTo } from './links.ts';
import { PanelTitle } from './PanelTitle.tsx';
import { grouped } from './text.ts';

const meaning: Record<string, string> = {
  bot: "a bot's user agent, or an automated browser",
  'foreign site': 'the page is not on one of your sites, or another site sent the hit',
  malformed: `not a JSON object with a web address, or over ${maxBodyBytes / 1024} KB`,
  spam: 'the referrer is on the list of spam referrers',
  'too long': `the page's URL has more than ${grouped(maxUrlBytes)} bytes`,
};

/** Renders how many hits were refused, by reason. They are in no other number. */
export function NotCounted({ refusals, linkTo }: { refusals: Report['refusals']; linkTo: LinkTo }) {
  if (refusals.length === 0) return null;
  return (
    <section class="box">
      <PanelTitle title="Not counted, and why" csv={csvLink('not-counted', linkTo)} />
      <table class="table is-fullwidth">
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col" class="number">
              Hits
            </th>
          </tr>
        </thead>
        <tbody>
          {refusals.map(({ name: reason, count }) => (
            <tr key={reason}>
              <td>
                <strong>{reason}</strong>
                {meaning[reason] && `: ${meaning[reason]}`}
              </td>
              <td class="number">{grouped(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
