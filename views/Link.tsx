import type { ComponentChildren } from 'preact';

interface Props {
  href: string | undefined;
  children?: ComponentChildren;
  /** Told to a pointer. */
  title?: string;
  /** Whether the keyboard passes over it, for it finds the same elsewhere. */
  pointerOnly?: boolean;
}

/** Its content, as a link where it leads somewhere. */
export function Link({ href, children, title, pointerOnly }: Props) {
  const attributes = { ...(title && { title }), ...(pointerOnly && { tabindex: -1 }) };
  if (href === undefined) return <span {...attributes}>{children}</span>;
  return (
    <a href={href} {...attributes}>
      {children}
    </a>
  );
}
