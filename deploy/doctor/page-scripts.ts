import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { InlineScript } from './content-policy.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** An inline script of a page. */
export interface PageScript extends InlineScript {
  place: 'head' | 'body';
  /** Why browsers do not run it, if they do not: its attribute. */
  inert?: string | undefined;
  /** The policies of the `meta` elements before it. */
  policies: string[];
}

/** Returns the inline scripts of a page as a browser finds them, and the policies that its head sets. */
export function scriptsOf(html: string): { scripts: PageScript[]; policies: string[] } {
  const scripts: PageScript[] = [];
  const policies: string[] = [];

  function visit(node: Node, place: PageScript['place']): void {
    if (!('childNodes' in node)) return;
    if ('tagName' in node) {
      const attribute = attributesOf(node);
      const isPolicy = /^content-security-policy$/i.test(attribute('http-equiv') ?? '');
      if (node.tagName === 'meta' && place === 'head' && isPolicy) policies.push(attribute('content') ?? '');
      if (node.tagName === 'script' && attribute('src') === undefined)
        scripts.push({
          text: node.childNodes.map((child) => ('value' in child ? child.value : '')).join(''),
          nonce: attribute('nonce') ?? '',
          place,
          inert: inertBy(attribute),
          policies: [...policies],
        });
    }
    // What stands in a template is not in its childNodes, as it does not run.
    for (const child of node.childNodes) visit(child, 'tagName' in child && child.tagName === 'body' ? 'body' : place);
  }

  visit(parse(html), 'head');
  return { scripts, policies };
}

type Attribute = (name: string) => string | undefined;

const attributesOf =
  ({ attrs }: Element): Attribute =>
  (name) =>
    attrs.find((each) => each.name === name)?.value;

function inertBy(attribute: Attribute): string | undefined {
  if (attribute('nomodule') !== undefined) return 'nomodule';
  const type = attribute('type')?.trim() ?? '';
  return /^(|module|(text|application)\/(x-)?(java|ecma)script)$/i.test(type) ? undefined : `type="${type}"`;
}
