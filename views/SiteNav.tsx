import type { LinkTo } from './links.ts';

export function SiteNav({ sites, site, linkTo }: { sites: string[]; site: string | undefined; linkTo: LinkTo }) {
  return (
    <nav class="block ranges" aria-label="Sites">
      {[undefined, ...sites].map((each) => (
        <a
          key={each}
          class={`button is-small ${each === site ? 'is-link' : ''}`}
          href={linkTo({ site: each, page: undefined })}
          aria-current={each === site ? 'true' : undefined}
        >
          {each ?? 'All sites'}
        </a>
      ))}
    </nav>
  );
}
