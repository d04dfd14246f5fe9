import { type Day, dayAfter, dayAt } from '../core/calendar/day.ts';

/** A read-only link. */
export interface ListedLink {
  id: string;
  /** The one site that it shows. Empty for all. */
  site: string;
  until: Day;
  /** The instant of its creation (ms). */
  created: number;
  token: string;
}

interface Props {
  /** The links of all sites. */
  links: ListedLink[];
  sites: string[];
  /** The site that a new link shows unless the owner chooses another. Undefined for all. */
  site: string | undefined;
  timeZone: string;
  today: Day;
  base: string;
}

/** How long a new link works unless the owner chooses another end, in days. */
const linkDays = 30;

/** Renders a form that creates a read-only link, and all links that there are. */
export const ShareLinks = ({ links, sites, site, timeZone, today, base }: Props) => (
  <section class="box content">
    <h2 class="title is-5">Read-only link</h2>
    <p>Anyone with a link can see the dashboard, with every range and filter. They cannot change anything.</p>
    <form class="block days" method="post">
      {sites.length > 1 && (
        <label>
          Shows{' '}
          <select class="input is-small" name="link-site">
            <option value="">All sites</option>
            {sites.map((each) => (
              <option key={each} value={each} selected={each === site}>
                {each}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        Valid through{' '}
        <input class="input is-small" type="date" name="until" value={dayAfter(today, linkDays)} min={today} required />
      </label>
      <button class="button is-small is-link" type="submit" name="create-link" value="1">
        Create link
      </button>
    </form>
    {links.length > 0 && (
      <ul class="links">
        {links.map(({ id, site, until, created, token }) => (
          <li key={id}>
            <form class="link-line" method="post">
              <span>
                <strong>{site || (sites.length > 1 ? 'All sites' : sites)}</strong>
                <br />
                <small>
                  {until < today ? 'Expired: was valid' : 'Valid'} through {until}, created on{' '}
                  {dayAt(created, timeZone)}
                </small>
              </span>
              <button class="button is-small" type="submit" name="revoke" value={id}>
                Revoke<span class="is-sr-only"> the link through {until}</span>
              </button>
            </form>
            {until >= today && (
              <pre class="paste">
                <code>{`${base}dashboard?share=${token}`}</code>
              </pre>
            )}
          </li>
        ))}
      </ul>
    )}
  </section>
);
