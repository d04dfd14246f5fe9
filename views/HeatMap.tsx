import type { Day, Moment } from '../core/calendar/day.ts';
import { heatMap, meanViews, type WeekHour } from '../core/report/heat-map.ts';
import type { ImportedDays } from '../core/report/imported-days.ts';
import type { Report } from '../core/report/report.ts';
import type { Scope } from '../core/report/scope.ts';
import { csvLink, type LinkTo } from './links.ts';
import { PanelTitle } from './PanelTitle.tsx';
import { grouped } from './text.ts';

interface Props {
  report: Pick<Report, 'hoursByDay'>;
  scope: Scope;
  now: Moment;
  /** The first counted day. Undefined if no day is rolled up yet. */
  since: Day | undefined;
  /** The imports of the range. */
  imports: ImportedDays[];
  linkTo: LinkTo;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
/** The classes of no views to the most. style.css has their opacity. */
const shades = ['shade-0', 'shade-1', 'shade-2', 'shade-3', 'shade-4'];

/** Renders the views of each hour of the week as a picture, and as a table of the weekdays. */
export function HeatMap({ report, scope, now, since, imports, linkTo }: Props) {
  const week = heatMap(report.hoursByDay, { days: scope.range.days, now, since, imports });
  const busiest = week && busiestOf(week);
  if (!week || !busiest) return null;
  const summary = `Most views: ${weekdays[busiest.weekday]}, ${hourRange(busiest.hour)}, ${viewsOf(busiest.views)}${scope.range.days.length > 7 ? ' on average' : ''}.`;
  return (
    <section class="box">
      <PanelTitle title="When people read" csv={csvLink('hours', linkTo)} />
      <p class="mb-2 remark">{summary}</p>
      <div class="heat-map" aria-hidden="true">
        {weekdays.map((name) => (
          <span key={name}>{name.slice(0, 3)}</span>
        ))}
        <svg viewBox="0 0 24 7" preserveAspectRatio="none" aria-hidden="true">
          {pathsOf(week, busiest.views).map((d, shade) => (
            <path key={shade} class={shades[shade]} d={d} />
          ))}
        </svg>
        <div class="heat-hours">
          {[0, 6, 12, 18].map((hour) => (
            <span key={hour}>{hourName(hour)}</span>
          ))}
        </div>
      </div>
      <details class="mt-4">
        <summary>As a table</summary>
        <table class="table mt-3">
          <thead>
            <tr>
              <th scope="col">Weekday</th>
              <th scope="col" class="number">
                Views a day
              </th>
              <th scope="col">Busiest hour</th>
            </tr>
          </thead>
          <tbody>
            {week.map((hours, weekday) => (
              <WeekdayRow key={weekday} name={weekdays[weekday] ?? ''} hours={hours} />
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

function WeekdayRow({ name, hours }: { name: string; hours: WeekHour[] }) {
  const busiest = busiestOf([hours]);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">{grouped(Math.round(hours.reduce((sum, hour) => sum + meanViews(hour), 0)))}</td>
      <td>{busiest && `${hourRange(busiest.hour)} (${shown(busiest.views)})`}</td>
    </tr>
  );
}

/** Returns the hour with the most views on average, or undefined if there are none. */
function busiestOf(week: WeekHour[][]) {
  const cells = week.flatMap((hours, weekday) =>
    hours.map((cell, hour) => ({ weekday, hour, views: meanViews(cell) })),
  );
  const best = cells.reduce((a, b) => (b.views > a.views ? b : a));
  return best.views > 0 ? best : undefined;
}

/** Returns one path of unit squares for each shade, from no views to the most. */
function pathsOf(week: WeekHour[][], most: number): string[] {
  const paths = shades.map(() => '');
  for (const [weekday, hours] of week.entries())
    for (const [hour, cell] of hours.entries()) {
      const shade = Math.ceil(((shades.length - 1) * meanViews(cell)) / most);
      paths[shade] += `M${hour} ${weekday}h1v1h-1z`;
    }
  return paths;
}

const hourName = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`;
const hourRange = (hour: number) => `${hourName(hour)} to ${hourName(hour + 1)}`;
const shown = (views: number) => (views < 10 ? views : grouped(Math.round(views)));
const viewsOf = (views: number) => `${shown(views)} ${views === 1 ? 'view' : 'views'}`;
