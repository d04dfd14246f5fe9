import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../local/folder.ts';

const textOf = (file: string) => readFileSync(file, 'utf8');

/** Returns the anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (file: string) =>
  [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

test('each link between documents leads to a file, and to a heading of it', () => {
  const documents = globSync('{*.md,docs/**/*.md,.github/*.md}', { cwd: root }).map((file) => join(root, file));
  const links = documents.flatMap((file) =>
    [...textOf(file).matchAll(/\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)/g)].map(([link, path = '', anchor = '']) => {
      const target = path ? join(dirname(file), path) : file;
      const leads = existsSync(target) && (!anchor || anchorsOf(target).includes(anchor));
      return { link: `${file}: ${link}`, leads };
    }),
  );
  assert.ok(links.length > 50);
  assert.deepEqual(
    links.flatMap(({ link, leads }) => (leads ? [] : [link])),
    [],
  );
});
