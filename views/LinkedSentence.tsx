import type { Query } from '../core/report/query.ts';
import type { SentencePart } from './why-sentences.ts';

interface Props {
  parts: SentencePart[];
  hrefOf: (filter: Query) => string;
}

/** Renders a sentence. A part with a filter is a link. */
export function LinkedSentence({ parts, hrefOf }: Props) {
  return (
    <>
      {parts.map(({ text, filter, isName }, i) => {
        if (isName) return <bdi key={i}>{text}</bdi>;
        if (!filter) return text;
        return (
          <a key={i} href={hrefOf(filter)}>
            {text}
          </a>
        );
      })}
    </>
  );
}
