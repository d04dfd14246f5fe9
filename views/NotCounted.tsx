import type { Report } from '../core/report/report.ts';
import { csvLink, type LinkTo } from './links.ts';
import { PanelTitle } from './PanelTitle.tsx';
import { grouped } from './text.ts';

const meaning: Record<string, string> = {
  bot: 'a bot by its user agent, or a browser under automation',
  'foreign site': 'the page, or the page that sent the hit, is not on one of your sites',
  malformed: 'no JSON object of at most 4 KB with a web address in it',
  spam: 'the page that linked here is on the list of spam referrers',
  'too long': 'the page has an address of over 1,000 bytes',
  'visitor over daily cap': 'one visitor had viewed 1,000 times that day, or 250 pages',
};

/** What was left out of every other number, and why; nothing where nothing was. */
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
