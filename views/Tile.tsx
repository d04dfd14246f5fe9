import { Link } from './Link.tsx';

interface Props {
  label: string;
  value: string;
  /** What shows more of it. */
  href?: string | undefined;
  /** How it changed against the period before. */
  change?: string | undefined;
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
      <p class={`title number ${sizeOf(value)}`}>{value}</p>
      {change && <p class="is-size-7 number">{change}</p>}
    </div>
  );
}

/** A long number is smaller, to stay on one line. */
function sizeOf({ length }: string): string {
  if (length < 9) return 'is-4';
  return length < 11 ? 'is-5' : 'is-6';
}
