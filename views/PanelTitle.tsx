interface Props {
  title: string;
  /** What is counted, where the panel is about names. */
  unit?: string;
  /** The address of the panel's table for spreadsheets. */
  csv: string;
}

/** What a panel is called, and where all of it is to be had. */
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
