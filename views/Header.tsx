import type { ComponentChildren } from 'preact';
import type { LinkTo } from './links.ts';
import { Mark } from './Mark.tsx';
import { SiteMenu } from './SiteMenu.tsx';

interface Props {
  sites: string[];
  site: string | undefined;
  /** Whether there are links to the pages for the owner. */
  mayManage: boolean;
  maySignOut: boolean;
  hasLive: boolean;
  /** Links of the dashboard. Their query goes with the reader to the other pages. */
  linkTo: LinkTo;
  /** The menu of periods. */
  children?: ComponentChildren;
}

/** Renders the header of the dashboard: mark, site, period, and links to the other pages. */
export function Header({ sites, site, mayManage, maySignOut, hasLive, linkTo, children }: Props) {
  const here = linkTo({});
  return (
    <header class="top">
      <div class="bar">
        <a class="home" href={linkTo({ page: undefined, metric: undefined })} aria-label="Footfall">
          <Mark />
        </a>
        <SiteMenu sites={sites} site={site} linkTo={linkTo} />
        {children}
        {hasLive && (
          <a class="control" href={`live${here}`}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M2 10h4l2-6 4 12 2-6h4" />
            </svg>
            <span>Live</span>
          </a>
        )}
        {mayManage && (
          <a class="control" href={`share${here}`}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M10 12V3M6.5 6 10 2.5 13.5 6M4 10v6h12v-6" />
            </svg>
            <span>Share</span>
          </a>
        )}
        {(mayManage || maySignOut) && (
          <details class="menu" name="menu">
            <summary class="control">
              <svg viewBox="0 0 20 20" aria-hidden="true">
                <path d="M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4" />
              </svg>
              <span>Settings</span>
            </summary>
            <div class="sheet is-end">
              {mayManage && <a href={`install${here}`}>Install</a>}
              {mayManage && <a href={`share${here}`}>Share and export</a>}
              {maySignOut && (
                <form method="post">
                  <button type="submit" name="sign-out" value="1">
                    Sign out
                  </button>
                </form>
              )}
            </div>
          </details>
        )}
      </div>
    </header>
  );
}
