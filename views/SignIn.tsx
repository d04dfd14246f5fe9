import { renderToString } from 'preact-render-to-string';
import { Document } from './Document.tsx';
import { Mark } from './Mark.tsx';

/** Renders the page that asks for the password. It names no site, because strangers see it. */
export function signInHtml(problem = ''): string {
  const page = (
    <Document title="Footfall">
      <form class="box sign-in" method="post">
        <Mark />
        <h1>Sign in to Footfall</h1>
        {problem && (
          <p class="wrong" role="alert">
            {problem}
          </p>
        )}
        <label for="password">Password</label>
        <input
          class="input"
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          autofocus
        />
        <button class="button is-link" type="submit">
          Sign in
        </button>
      </form>
    </Document>
  );
  return `<!doctype html>${renderToString(page)}`;
}
