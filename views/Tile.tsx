import { Link } from './Link.tsx';

interface Props {
  label: string;
  value: string;
  /** The URL that shows more of it. */
  href?: string | undefined;
  /** The change against the earlier range. */
  change?: string | undefined;
}

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

/** Returns a smaller size for a long number, so that it stays on one line. */
function sizeOf({ length }: string): string {
  if (length < 9) return 'is-4';
  return length < 11 ? 'is-5' : 'is-6';
}
