import type { ComponentChildren } from 'preact';
import { type DimensionName, dimensions } from '../core/counters/dimensions.ts';
import { type Filter, namesOfFilter } from '../core/report/filter.ts';
import { isFolder } from '../core/report/folders.ts';
import type { Metrics } from '../core/report/report.ts';
import { labelOf } from './labels.ts';
import type { LinkTo } from './links.ts';
import { PageLink, PageName } from './PageName.tsx';

interface Props {
  filter: Filter;
  /** The totals that are known under the filter. */
  totals: Metrics;
  /** Whether there is a lake that can tell more, or whether it has told all this. */
  lake?: 'can tell' | 'tells' | undefined;
  prefix: string;
  linkTo: LinkTo;
}

/** Renders a chip for each filter, with a link that removes it, and what is counted under the filter. */
export function Filters({ filter, totals, lake, prefix, linkTo }: Props) {
  const { page, name } = filter;
  const names = namesOfFilter(filter);
  if (page === undefined && !name) return null;
  return (
    <section class="filters" aria-label="Filters">
      <div class="chips">
        {page !== undefined && (
          <Chip
            title={isFolder(page) ? 'Folder' : 'Page'}
            without={{ href: linkTo({ page: undefined }), label: 'Show all pages' }}
          >
            <strong title={page}>
              <PageName url={page} prefix={prefix} />
            </strong>{' '}
            {!isFolder(page) && <PageLink url={page} />}
          </Chip>
        )}
        {names.map(({ dimension, name }) => (
          <Chip
            key={dimension}
            title={dimensions[dimension].title[1]}
            without={{
              href: linkTo({ [dimension]: undefined }),
              label: `Show all ${dimensions[dimension].title[0].toLowerCase()}`,
            }}
          >
            <strong>
              <bdi>{labelOf(dimension, name)}</bdi>
            </strong>
          </Chip>
        ))}
        {names.length + (page === undefined ? 0 : 1) > 1 && (
          <a
            href={linkTo({
              page: undefined,
              ...Object.fromEntries(names.map(({ dimension }) => [dimension, undefined])),
            })}
          >
            Clear filters
          </a>
        )}
      </div>
      {lake !== 'tells' && (
        <p>
          {name
            ? knownOfName(name.dimension, totals)
            : page !== undefined && isFolder(page)
              ? knownOfFolder
              : knownOfPage}{' '}
          {lake === 'can tell' && <AskLake filter={filter} linkTo={linkTo} />}
        </p>
      )}
    </section>
  );
}

/** Renders a link to what counters cannot tell under a filter: lists under a name, flows of a page. */
function AskLake({ filter: { page, name }, linkTo }: { filter: Filter; linkTo: LinkTo }) {
  const isPage = page !== undefined && !isFolder(page);
  if (!name && !isPage) return null;
  return <a href={linkTo({ lake: 'on' })}>Ask the lake {name ? 'for lists' : 'what people read before and next'}</a>;
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

const knownOfPage = 'Views, visitors and entrances of this page. Entrances are visits that began on it.';

const knownOfFolder =
  'Views and entrances of all pages of this folder. Its visitors are at most these: a reader of two of its pages counts twice.';

/** Says what is counted by the name of a filter. */
function knownOfName(dimension: DimensionName, { events, engaged }: Metrics): string {
  if (dimension === 'event') return 'How often the event happened, by page and day.';
  const metrics = dimension === 'source' ? 'Views and visits' : 'Visits';
  const outcomes = engaged === undefined ? 'Events' : 'Bounce rate and events';
  const ofVisits = events === undefined ? '' : ` ${outcomes} are for these visits only.`;
  return `${metrics} by page and day.${ofVisits} Lists of other names, such as countries, are counted for all visits together: remove this filter to see them.`;
}
