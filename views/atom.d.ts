import type { ComponentChildren } from 'preact';

interface AtomElement {
  key?: string | undefined;
  xmlns?: string;
  type?: string;
  children?: ComponentChildren;
}

/** The elements of Atom (RFC 4287) that HTML does not have. */
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      author: AtomElement;
      content: AtomElement;
      entry: AtomElement;
      feed: AtomElement;
      id: AtomElement;
      name: AtomElement;
      updated: AtomElement;
    }
  }
}
