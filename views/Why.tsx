import type { Explanation } from '../core/report/explain.ts';
import type { Scope } from '../core/report/report.ts';
import { LinkedSentence } from './LinkedSentence.tsx';
import type { LinkTo } from './links.ts';
import { whySentences } from './why-sentences.ts';

interface Props {
  why: Explanation;
  scope: Scope;
  /** The host that pages are shown without, or empty. */
  prefix: string;
  linkTo: LinkTo;
}

/** Renders why the visits changed. Each count of a cause links to its filter. */
export function Why({ why, scope, prefix, linkTo }: Props) {
  return (
    <section class="block why" aria-label="Why it moved">
      {whySentences(why, scope, prefix).map((parts, i) => (
        <LinkedSentence key={i} parts={i > 0 ? [{ text: ' ' }, ...parts] : parts} hrefOf={linkTo} />
      ))}
    </section>
  );
}
