import type { LinkTo } from './links.ts';

interface Props {
  sites: string[];
  /** The chosen site. Undefined means all. */
  site: string | undefined;
  linkTo: LinkTo;
}

/** Renders the chosen site, and a menu of the others. */
export function SiteMenu({ sites, site, linkTo }: Props) {
  if (sites.length < 2) return <p class="site-name">{sites}</p>;
  const link = (each: string | undefined) => (
    <a key={each} href={linkTo({ site: each, page: undefined })} aria-current={each === site ? 'true' : undefined}>
      {each ?? 'All sites'}
    </a>
  );
  return (
    <details class="menu site-name" name="menu">
      <summary class="control">
        <span>{site ?? `All ${sites.length} sites`}</span>
      </summary>
      <nav class="sheet" aria-label="Sites">
        {link(undefined)}
        {sites.map(link)}
      </nav>
    </details>
  );
}
