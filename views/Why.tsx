import type { Explanation } from '../core/report/explain.ts';
import type { Scope } from '../core/report/scope.ts';
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
  const [first = [], ...rest] = whySentences(why, scope, prefix);
  return (
    <section class="why" aria-labelledby="why">
      <h2 id="why">Why it moved</h2>
      <p class="lead">
        <LinkedSentence parts={first} hrefOf={linkTo} />
      </p>
      {rest.length > 0 && (
        <p>
          {rest.map((parts, i) => (
            <LinkedSentence key={i} parts={i > 0 ? [{ text: ' ' }, ...parts] : parts} hrefOf={linkTo} />
          ))}
        </p>
      )}
    </section>
  );
}
