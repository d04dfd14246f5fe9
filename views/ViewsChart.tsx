import type { Report } from '../core/report.ts';
import { counted, grouped } from './number.ts';

/** The views of each day as an SVG made beforehand, once for phones and once for wider screens, and as a table. */
export function ViewsChart({ days, narrow, wide }: { days: Report['days']; narrow: string; wide: string }) {
  const best = days.reduce((a, b) => (b.views > a.views ? b : a));
  const summary = `Views per day: most on ${best.day}, with ${counted(best.views, 'view')}.`;
  return (
    <section class="box">
      <h2 class="title is-5">Views per day</h2>
      <div role="img" aria-label={summary}>
        <div class="chart is-hidden-tablet" dangerouslySetInnerHTML={{ __html: narrow }} />
        <div class="chart is-hidden-mobile" dangerouslySetInnerHTML={{ __html: wide }} />
      </div>
      <details class="mt-4">
        <summary>As a table</summary>
        <table class="table is-narrow">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" class="number">
                Views
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, views }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td class="number">{grouped(views)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
