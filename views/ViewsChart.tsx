import type { Report } from '../core/report.ts';
import { counted, grouped } from './number.ts';

/** An SVG for the screens of a class of style.css. */
export interface Drawing {
  screens: 'is-narrow' | 'is-middle' | 'is-wide';
  svg: string;
}

/** The views of each day, drawn beforehand for each width of screen, and as a table. */
export function ViewsChart({ days, drawings }: { days: Report['days']; drawings: Drawing[] }) {
  const best = days.reduce((a, b) => (b.views > a.views ? b : a));
  const summary = `Views per day: most on ${best.day}, with ${counted(best.views, 'view')}.`;
  return (
    <section class="box">
      <h2 class="title is-5">Views per day</h2>
      <div role="img" aria-label={summary}>
        {drawings.map(({ screens, svg }) => (
          <div key={screens} class={`chart ${screens}`} dangerouslySetInnerHTML={{ __html: svg }} />
        ))}
      </div>
      <details class="mt-4">
        <summary>As a table</summary>
        <table class="table mt-3">
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
