interface Props {
  title: string;
  /** What is counted, if the panel lists names. */
  unit?: string;
  /** The URL of the panel's CSV. */
  csv: string;
}

/** Renders the heading of a panel, with a link to its CSV. */
export function PanelTitle({ title, unit, csv }: Props) {
  return (
    <div class="panel-title">
      <h2 class="title is-5">
        {title}
        {unit && <span class="has-text-weight-normal is-size-7"> by {unit}</span>}
      </h2>
      <a class="csv" href={csv} aria-label={`${title} as CSV`}>
        CSV
      </a>
    </div>
  );
}
