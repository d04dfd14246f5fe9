import type { ComponentChildren } from 'preact';

interface Props {
  href: string | undefined;
  children?: ComponentChildren;
  dir?: 'auto';
  /** Whether the keyboard skips it, because the same link stands elsewhere. */
  pointerOnly?: boolean;
}

/** Renders its content as a link, or as plain text without `href`. */
export function Link({ href, children, dir, pointerOnly }: Props) {
  const attributes = { ...(dir && { dir }), ...(pointerOnly && href !== undefined && { tabindex: -1 }) };
  if (href === undefined) return <span {...attributes}>{children}</span>;
  return (
    <a href={href} {...attributes}>
      {children}
    </a>
  );
}
