import type { ComponentChildren } from 'preact';
import { dimensions } from '../core/counters/dimensions.ts';
import type { Filter } from '../core/report/filter.ts';
import { labelOf } from './labels.ts';
import type { LinkTo } from './links.ts';
import { PageLink, PageName } from './PageName.tsx';

interface Props {
  filter: Filter;
  prefix: string;
  linkTo: LinkTo;
}

/** What the dashboard is narrowed to, each to be taken away by a click; and what it therefore cannot say. */
export function Filters({ filter: { page, name }, prefix, linkTo }: Props) {
  if (page === undefined && !name) return null;
  return (
    <section class="block" aria-label="Filters">
      <div class="chips">
        {page !== undefined && (
          <Chip title="Page" without={{ href: linkTo({ page: undefined }), label: 'Show all pages' }}>
            <strong title={page}>
              <PageName url={page} prefix={prefix} />
            </strong>{' '}
            <PageLink url={page} />
          </Chip>
        )}
        {name && (
          <Chip
            title={dimensions[name.dimension].title[1]}
            without={{
              href: linkTo({ [name.dimension]: undefined }),
              label: `Show all ${dimensions[name.dimension].title[0].toLowerCase()}`,
            }}
          >
            <strong>
              <bdi>{labelOf(name.dimension, name.name)}</bdi>
            </strong>
          </Chip>
        )}
      </div>
      <p class="mt-2 is-size-7">{name ? unknownOfName(name.dimension) : unknownOfPage}</p>
    </section>
  );
}

interface ChipProps {
  title: string;
  /** What takes it away. */
  without: { href: string; label: string };
  children: ComponentChildren;
}

function Chip({ title, without: { href, label }, children }: ChipProps) {
  return (
    <span class="chip">
      <span>
        {title} {children}
      </span>
      <a class="remove" href={href} title={label} aria-label={label}>
        ✕
      </a>
    </span>
  );
}

const unknownOfPage =
  'Visits are those that began on this page. How they went on is counted on the pages that followed, so bounce rate and duration are left out.';

/** What separate counters cannot tell of those that have one thing in common. */
function unknownOfName(dimension: NonNullable<Filter['name']>['dimension']): string {
  if (dimension === 'event') return 'An event is counted by page and day. By whom, and when in the day, nobody noted.';
  const views = dimension === 'source' ? 'Views and visits' : 'Visits';
  return `${views} are counted by page and day. What else these visits have in common, and when in the day they came, nobody noted: the rest is left out.`;
}
