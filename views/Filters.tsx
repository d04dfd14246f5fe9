import type { ComponentChildren } from 'preact';
import { type DimensionName, dimensions } from '../core/counters/dimensions.ts';
import type { Filter } from '../core/report/filter.ts';
import { labelOf } from './labels.ts';
import type { LinkTo } from './links.ts';
import { PageLink, PageName } from './PageName.tsx';

interface Props {
  filter: Filter;
  prefix: string;
  linkTo: LinkTo;
}

/** Renders a chip for each filter, with a link that removes it, and what is unknown under the filter. */
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
  /** The link that removes the filter. */
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
  'Entrances are visits that began on this page. Bounce rate and duration are known only for the whole site.';

function unknownOfName(dimension: DimensionName): string {
  if (dimension === 'event')
    return 'Events are counted by page and day. Footfall stores no hours or visitors for them.';
  const metrics = dimension === 'source' ? 'Views and visits' : 'Visits';
  return `${metrics} are counted by page and day. Footfall stores no combinations, such as country and browser, so the rest is left out.`;
}
