/** A file of an export. */
export interface ExportedPart {
  href: string;
  /** What it has, unless it is the only one: `2026-11-01 to 2026-11-18`. */
  dates: string;
}

/** Renders the links that download an export of the range shown. */
export const ExportLinks = ({ range, parts, allTime }: { range: string; parts: ExportedPart[]; allTime: string }) => (
  <section class="box content">
    <h2 class="title is-5">Export</h2>
    <p>
      All numbers and notes of {range}, as CSV and JSON in a zip. <code>npm run import</code> reads it without a loss.
      For other days, choose them on the dashboard first, or take <a href={allTime}>all time</a>.
    </p>
    {parts.length > 1 && <p>The export has several parts. Download all of them, and import them with one command.</p>}
    <ul>
      {parts.map(({ href, dates }, i) => (
        <li key={href}>
          <a href={href} download>
            {parts.length > 1 ? `Part ${i + 1} of ${parts.length}` : 'Download'}
          </a>
          {parts.length > 1 && <small> {dates}</small>}
        </li>
      ))}
    </ul>
  </section>
);
