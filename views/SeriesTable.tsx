import type { Unit } from '../core/report/unit.ts';
import { Link } from './Link.tsx';
import { dateLabel } from './labels.ts';
import type { Measure } from './measures.ts';
import type { SeriesBar } from './series-bars.ts';
import { capitalised } from './text.ts';

interface Props {
  bars: SeriesBar[];
  unit: Unit;
  measure: Measure;
  hrefOf(bar: SeriesBar): string | undefined;
}

/** Renders the bars of the chart as a table. */
export function SeriesTable({ bars, unit, measure, hrefOf }: Props) {
  const hasPrevious = bars.some(({ previous }) => previous !== undefined);
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{capitalised(unit)}</th>
          <th scope="col" class="number">
            {measure.title}
          </th>
          {hasPrevious && (
            <th scope="col" class="number">
              Previous
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.date}>
            <th scope="row">
              <Link href={hrefOf(bar)}>{dateLabel(bar.date, unit)}</Link>
              {bar.isImported && ' imported'}
            </th>
            <td class="number">{!bar.isFuture && !bar.isUncounted && measure.show(bar.count)}</td>
            {hasPrevious && <td class="number">{bar.previous !== undefined && measure.show(bar.previous)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
