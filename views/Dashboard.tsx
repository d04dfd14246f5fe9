import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { stylesheet } from '../build/stylesheet.ts';
import type { Day } from '../core/day.ts';
import type { Report } from '../core/report.ts';
import { Breakdowns } from './Breakdowns.tsx';
import { barChart } from './bar-chart.ts';
import { NotCounted } from './NotCounted.tsx';
import { Sources } from './Sources.tsx';
import { Start } from './Start.tsx';
import { TopPages } from './TopPages.tsx';
import { Totals } from './Totals.tsx';
import { type Drawing, ViewsChart } from './ViewsChart.tsx';

/** What the dashboard shows besides the numbers. */
export interface Installation {
  sites: string[];
  timeZone: string;
  snippet: string;
  eventsSnippet: string;
}

/** The dashboard as one HTML document that needs nothing else: no script, no style sheet, no image. */
export async function dashboardHtml(
  report: Report,
  { sites, timeZone, snippet, eventsSnippet }: Installation,
): Promise<string> {
  const { days, views } = report;
  const content =
    views > 0 ? (
      <>
        <Totals report={report} />
        <Sources report={report} />
        <ViewsChart days={days} drawings={await drawings(days)} />
        <TopPages report={report} sites={sites} />
        <Breakdowns report={report} />
      </>
    ) : (
      <Start sites={sites} snippet={snippet} eventsSnippet={eventsSnippet} />
    );
  const page = (
    <Document sites={sites} days={days.map(({ day }) => day)} timeZone={timeZone}>
      {content}
      <NotCounted refusals={report.refusals} />
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}

async function drawings(days: Report['days']): Promise<Drawing[]> {
  return [
    { screens: 'is-narrow', svg: await barChart(days, 300, 190) },
    { screens: 'is-middle', svg: await barChart(days, 520, 230) },
    { screens: 'is-wide', svg: await barChart(days, 900, 260) },
  ];
}

const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path d='M1 15V9h4v6zM6 15V5h4v10zM11 15V1h4v14z' fill='%234258ff'/></svg>";

interface DocumentProps {
  sites: string[];
  days: Day[];
  timeZone: string;
  children: ComponentChildren;
}

function Document({ sites, days, timeZone, children }: DocumentProps) {
  const title = sites.join(', ');
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Footfall`}</title>
        <link rel="icon" href={icon} />
        <style dangerouslySetInnerHTML={{ __html: stylesheet }} />
      </head>
      <body>
        <div class="section">
          <div class="container is-max-desktop">
            <header class="block">
              <h1 class={`title mb-2 ${sites.length > 1 ? 'is-5' : 'is-3'}`}>{title}</h1>
              <p class="is-size-6">
                Seven days, <DayName day={days[0]} /> to <DayName day={days.at(-1)} />
              </p>
            </header>
            <main>{children}</main>
            <footer class="mt-5 is-size-7">Counted by Footfall, without cookies. Days are those of {timeZone}.</footer>
          </div>
        </div>
      </body>
    </html>
  );
}

/** A day as people write it. */
function DayName({ day = '' }: { day: Day | undefined }) {
  return <time datetime={day}>{new Date(day).toUTCString().slice(5, 16)}</time>;
}
