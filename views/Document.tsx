import type { ComponentChildren } from 'preact';
import { stylesheet } from '../build/stylesheet.ts';

const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path d='M1 15V9h4v6zM6 15V5h4v10zM11 15V1h4v14z' fill='%234258ff'/></svg>";

interface Props {
  title: string;
  subtitle?: ComponentChildren;
  footer?: ComponentChildren;
  children: ComponentChildren;
}

/** Renders a whole HTML document without further requests. */
export function Document({ title, subtitle, footer, children }: Props) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === 'Footfall' ? title : `${title} · Footfall`}</title>
        <link rel="icon" href={icon} />
        <style dangerouslySetInnerHTML={{ __html: stylesheet }} />
      </head>
      <body>
        <div class="section">
          <div class="container is-max-widescreen">
            <header class="block">
              <h1 class={`title mb-2 ${title.length > 30 ? 'is-5' : 'is-3'}`}>{title}</h1>
              {subtitle && <p class="is-size-6">{subtitle}</p>}
            </header>
            <main>{children}</main>
            <footer class="footer-line mt-5 is-size-7">{footer}</footer>
          </div>
        </div>
      </body>
    </html>
  );
}
