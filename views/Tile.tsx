import { Link } from './Link.tsx';

interface Props {
  label: string;
  value: string;
  /** What shows more of it. */
  href?: string | undefined;
  /** The number itself, and that of the period before, to tell how it changed. */
  change?: { now: number; before: number } | undefined;
}

/** One number under its name. */
export function Tile({ label, value, href, change }: Props) {
  return (
    <div class="box tile">
      <p class="tile-label is-size-7" title={label}>
        <Link href={href}>
          <bdi>{label}</bdi>
        </Link>
      </p>
      <p class="title is-4 number">{value}</p>
      {change && change.before > 0 && <Change {...change} />}
    </div>
  );
}

function Change({ now, before }: { now: number; before: number }) {
  const percent = Math.round((100 * (now - before)) / before);
  const sign = percent > 0 ? '+' : percent < 0 ? '−' : '±';
  return (
    <p class="is-size-7 number change" title="against the period before">
      {sign}
      {Math.abs(percent)} %
    </p>
  );
}
