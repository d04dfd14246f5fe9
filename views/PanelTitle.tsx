import type { ComponentChildren } from 'preact';

interface Props {
  title: string;
  /** The URL of the panel's CSV, if it has one. */
  csv?: string;
  children?: ComponentChildren;
}

/** Renders the heading of a panel, with a link to its CSV. */
export function PanelTitle({ title, csv, children }: Props) {
  return (
    <div class="panel-title">
      <h2>{title}</h2>
      {children}
      {csv && <CsvLink title={title} csv={csv} />}
    </div>
  );
}

export const CsvLink = ({ title, csv }: { title: string; csv: string }) => (
  <a class="csv" href={csv} aria-label={`${title} as CSV`}>
    CSV
  </a>
);
