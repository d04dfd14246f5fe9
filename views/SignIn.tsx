import { renderToString } from 'preact-render-to-string';
import { Document } from './Document.tsx';

/** Renders the page that asks for the password. It names no site, because strangers see it. */
export function signInHtml(problem = ''): string {
  const page = (
    <Document title="Footfall">
      <form class="box sign-in" method="post">
        {problem && (
          <p class="notification is-warning is-light" role="alert">
            {problem}
          </p>
        )}
        <label class="label" for="password">
          Password
        </label>
        <input
          class="input"
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          autofocus
        />
        <button class="button is-link mt-4" type="submit">
          Sign in
        </button>
      </form>
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}
