import type { LinkTo } from './address.ts';
import type { ChartBar } from './bar-chart.ts';
import { capitalised, counted, grouped } from './text.ts';

/** An SVG for the screens of a class of style.css. */
export interface Drawing {
  screens: 'is-narrow' | 'is-middle' | 'is-wide';
  svg: string;
}

interface Props {
  bars: ChartBar[];
  unit: 'hour' | 'day' | 'month';
  drawings: Drawing[];
  linkTo: LinkTo;
}

/** The views of each hour, day or month, drawn beforehand for each width of screen, and as a table. */
export function ViewsChart({ bars, unit, drawings, linkTo }: Props) {
  const best = bars.reduce((a, b) => (b.views > a.views ? b : a));
  const summary = `Views per ${unit}: most at ${best.at}, with ${counted(best.views, 'view')}.`;
  return (
    <section class="box">
      <h2 class="title is-5">Views per {unit}</h2>
      <div role="img" aria-label={summary}>
        {drawings.map(({ screens, svg }) => (
          <div key={screens} class={`chart ${screens}`} aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />
        ))}
      </div>
      {bars.some(({ before }) => before > 0) && (
        <p class="is-size-7">A line is the same {unit} of the period before.</p>
      )}
      <details class="mt-4">
        <summary>As a table</summary>
        <table class="table mt-3">
          <thead>
            <tr>
              <th scope="col">{capitalised(unit)}</th>
              <th scope="col" class="number">
                Views
              </th>
              <th scope="col" class="number">
                Before
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.at}>
                <th scope="row">
                  <BarName bar={bar} unit={unit} linkTo={linkTo} />
                </th>
                <td class="number">{grouped(bar.views)}</td>
                <td class="number">{grouped(bar.before)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

/** A day or a month leads to its own dashboard. */
function BarName({ bar: { at, growing }, unit, linkTo }: { bar: ChartBar } & Pick<Props, 'unit' | 'linkTo'>) {
  if (unit === 'hour') return `${at}:00`;
  if (unit === 'day') return <a href={linkTo({ from: at, to: at })}>{at}</a>;
  const end = new Date(Date.UTC(Number(at.slice(0, 4)), Number(at.slice(5)), 0)).toISOString().slice(0, 10);
  return <a href={linkTo(growing ? { period: 'month' } : { from: `${at}-01`, to: end })}>{at}</a>;
}
