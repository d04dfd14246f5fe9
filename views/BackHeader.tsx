import { Mark } from './Mark.tsx';

/** Renders the header of a page that leads back to the dashboard: to the range, filter and site that it came from. */
export function BackHeader({ query }: { query: string }) {
  const href = `dashboard${query && `?${query}`}`;
  return (
    <header class="top">
      <div class="bar">
        <a class="home" href={href} aria-label="Footfall">
          <Mark />
        </a>
        <a class="control" href={href}>
          ← Back to the dashboard
        </a>
      </div>
    </header>
  );
}
