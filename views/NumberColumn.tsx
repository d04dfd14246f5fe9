import type { ComponentChildren } from 'preact';

/** Renders the title of a column of numbers. */
export function NumberColumn({ children }: { children: ComponentChildren }) {
  return (
    <th scope="col" class="number">
      {children}
    </th>
  );
}
