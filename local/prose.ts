import { parse } from '@babel/parser';
import { type Node, traverseFast } from '@babel/types';

/** The language of a file, by its extension. */
export type Language = 'md' | 'ts' | 'tsx';

/** A sentence without line breaks, and the line that it begins on. */
export interface Sentence {
  text: string;
  line: number;
  /** Whether it is shown to people, as documentation or as a string, or is a comment. */
  source: 'shown' | 'comment';
}

/** One word in place of code or of a value. */
const code = '`…`';
/** Ends a paragraph, an item, a cell or an element, and so its last sentence. */
const end = '\0';

/** Returns the sentences of a file. In TypeScript, these are in comments, strings and JSX. */
export function sentencesOf(file: string, language: Language): Sentence[] {
  if (language === 'md') return split(proseOfMarkdown(file), 1, 'shown');
  const jsx = language === 'tsx' ? (['jsx'] as const) : [];
  const ast = parse(file, { sourceType: 'module', attachComment: false, plugins: ['typescript', ...jsx] });
  const sentences = (ast.comments ?? []).flatMap((comment) =>
    split(hideCode(comment.value.replace(/^[ \t]*\*/gm, '')), lineOf(comment), 'comment'),
  );
  const read = new Set<Node>();
  traverseFast(ast, (node) => {
    const prose = read.has(node) ? '' : proseOfNode(node, read);
    if (!isValue(prose)) sentences.push(...split(prose, lineOf(node), 'shown'));
  });
  return sentences.sort((a, b) => a.line - b.line);
}

/** Returns whether a text is not prose, but one word, a list of codes or markup. */
const isValue = (text: string) => /^\s*</.test(text) || !/\s/.test(text) || !/\p{L}{4}/u.test(text);

/** Splits prose into sentences. Its newlines are those of its file, from `firstLine` on. */
const split = (prose: string, firstLine: number, source: Sentence['source']): Sentence[] =>
  [...prose.matchAll(/[^\s\0][^\0]*?(?:[.!?]["'”’)\]*_]*(?=\s+[^\sa-z])|(?=\0|$))/g)].map(({ 0: match, index }) => ({
    text: match.replace(/\s+/g, ' ').trim(),
    line: firstLine + newlines(prose.slice(0, index)).length,
    source,
  }));

/** Hides code, tags and addresses. Ends headings, list items and table cells. */
const proseOfMarkdown = (text: string) =>
  hideCode(text.replace(/^[ >]*(```|~~~)[\s\S]*?^[ >]*\1.*$/gm, newlines))
    .replace(/<!--[\s\S]*?-->|<\/?\w[^>]*>/g, newlines)
    .replace(/!?\[([^\]]*)\](\([^)\n]*\)|: .*)/g, '[$1]')
    .replace(/^#.*$|^[ \t]*$/gm, `${end}$&${end}`)
    .replace(/^[ >]*([-*+]|\d+[.)]) |\|/gm, end);

const hideCode = (text: string) => text.replace(/(`+)[^`]+\1/g, (match) => code + newlines(match));
const newlines = (text: string) => text.replace(/[^\n]+/g, '');

/** Returns the text of a string, a template or JSX, and `code` for any other node. Adds what it has read to `read`. */
function proseOfNode(node: Node, read: Set<Node>): string {
  read.add(node);
  const joined = (nodes: Node[]) =>
    nodes.reduce((text, part) => {
      const gap = lineOf(part) - lineOf(node) - newlines(text).length;
      return text + '\n'.repeat(Math.max(gap, 0)) + proseOfNode(part, read);
    }, '');
  switch (node.type) {
    case 'StringLiteral':
      return node.value.replaceAll('\n', end);
    case 'TemplateElement':
      return node.value.raw.replace(/\\n|(\n)/g, `${end}$1`);
    case 'TemplateLiteral':
      return joined([...node.quasis, ...node.expressions].sort((a, b) => (a.start ?? 0) - (b.start ?? 0)));
    case 'BinaryExpression':
      return joined([node.left, node.right]);
    case 'JSXText':
      return node.value;
    case 'JSXEmptyExpression':
      return '';
    case 'JSXExpressionContainer':
      return proseOfNode(node.expression, read);
    case 'JSXFragment':
      return joined(node.children);
    case 'JSXElement': {
      const name = node.openingElement.name.type === 'JSXIdentifier' ? node.openingElement.name.name : '';
      if (name === 'code') return code;
      const isInline = /^(a|abbr|b|em|i|kbd|small|span|strong|time|[A-Z].*)$/.test(name);
      return isInline ? joined(node.children) : end + joined(node.children) + end;
    }
    default:
      return code;
  }
}

const lineOf = ({ loc }: Pick<Node, 'loc'>) => loc?.start.line ?? 1;
