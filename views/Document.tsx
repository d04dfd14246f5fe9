import type { ComponentChildren } from 'preact';
import { stylesheet } from '../build/stylesheet.ts';
import { iconHref, touchIconSize } from './manifest.ts';

const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='8' fill='%232f50d2'/><path d='M12 15v9m8-15v15' stroke='%23fff' stroke-width='6' stroke-linecap='round'/></svg>";

interface Props {
  /** The title of the tab, before the name of the product. */
  title: string;
  /** More elements of the head. */
  head?: ComponentChildren;
  header?: ComponentChildren;
  footer?: ComponentChildren;
  children: ComponentChildren;
}

/** Renders a whole HTML document. Only for a home screen does a browser request more: an icon and the manifest. */
export function Document({ title, head, header, footer, children }: Props) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#171a20" media="(prefers-color-scheme: dark)" />
        <title>{title === 'Footfall' ? title : `${title} · Footfall`}</title>
        <link rel="icon" href={icon} />
        <link rel="apple-touch-icon" href={iconHref(touchIconSize)} />
        <link rel="manifest" href="manifest.json" />
        <style dangerouslySetInnerHTML={{ __html: stylesheet }} />
        {head}
      </head>
      <body>
        {header && (
          <a class="skip" href="#main">
            Skip to the content
          </a>
        )}
        {header}
        <main id="main">{children}</main>
        {footer && <footer>{footer}</footer>}
      </body>
    </html>
  );
}
