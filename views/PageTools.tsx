import type { PageList } from '../core/report/page-list.ts';
import type { Page } from '../core/report/report.ts';
import { type LinkTo, queryOf } from './links.ts';
import { grouped } from './text.ts';

/** How many pages one document shows. */
export const mostPages = 100;

interface Props {
  list: PageList;
  linkTo: LinkTo;
}

/** Renders a form that finds pages. Its query is that of a link. */
export const PageSearch = ({ list, linkTo }: Props) => (
  <form class="search">
    {queryOf(linkTo({ q: undefined })).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    <input
      class="input"
      type="search"
      name="q"
      value={list.search}
      placeholder="Find a page"
      aria-label="Find a page"
      maxlength={200}
    />
    <button class="button" type="submit">
      Find
    </button>
  </form>
);

/** Renders links to the table of pages and that of folders. Renders nothing if no page is in a folder. */
export function FolderTabs({ list, pages, linkTo }: Props & { pages: Page[] }) {
  if (!list.folders && !pages.some(({ url }) => /^https?:\/\/[^/]+\/[^/?]+\//.test(url))) return null;
  return (
    <nav class="folder-tabs" aria-label="Pages or folders">
      <a href={linkTo({ folders: undefined })} aria-current={list.folders ? undefined : 'true'}>
        Pages
      </a>
      <a href={linkTo({ folders: 'on' })} aria-current={list.folders ? 'true' : undefined}>
        Folders
      </a>
    </nav>
  );
}

/** Renders links to the entries before and after those that are shown. Renders nothing if all are shown. */
export function Paging({ list: { skip }, count, linkTo }: Props & { count: number }) {
  if (count <= mostPages && skip === 0) return null;
  const last = Math.min(count, skip + mostPages);
  const to = (first: number) => linkTo({ skip: first > 0 ? String(first) : undefined });
  return (
    <nav class="paging" aria-label="More pages">
      {skip > 0 && (
        <a href={to(Math.max(0, skip - mostPages))} rel="prev">
          ← Previous
        </a>
      )}
      <span>
        {skip < count
          ? `${grouped(skip + 1)} to ${grouped(last)} of ${grouped(count)}`
          : `There are ${grouped(count)}.`}
      </span>
      {last < count && (
        <a href={to(last)} rel="next">
          Next →
        </a>
      )}
    </nav>
  );
}
