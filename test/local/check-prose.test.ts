import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findings } from '../../local/check-prose.ts';
import type { Language } from '../../local/prose.ts';

/** A text with this many words, and no end of a sentence. */
const text = (words: number) => `Each ${'word '.repeat(words - 2)}counts`;

const tooLong = (line: number, words = 31) => `${line}: ${words} words: write at most 30`;

const run = (name: string, language: Language, file: string, ...want: string[]) =>
  test(name, () => {
    assert.deepEqual(
      findings(file, language).map(({ line, message }) => `${line}: ${message}`),
      want,
    );
  });
const md = (name: string, file: string, ...want: string[]) => run(name, 'md', file, ...want);
const ts = (name: string, file: string, ...want: string[]) => run(name, 'ts', file, ...want);
const tsx = (name: string, file: string, ...want: string[]) => run(name, 'tsx', file, ...want);

describe('the length of a sentence in Markdown', () => {
  md('30 words pass', `${text(30)}.`);
  md('31 words are a finding', `${text(31)}.`, tooLong(1));
  md('the lines of a paragraph are one text', `Short.\n${text(16)}\n${text(15)}.`, tooLong(2));
  md('each sentence counts by itself', `${text(16)}. ${text(16)}.`);
  md('a sentence may end with brackets and emphasis', `(**${text(16)}.**) ${text(16)}!`);
  md('a dot in a word ends nothing', `${text(15)} in 20.19 of a.md, e.g. only ${text(15)}.`, tooLong(1, 36));
  md('a blank line ends a sentence', `${text(16)}\n\n${text(16)}`);
  md('a heading ends with its line', `# ${text(16)}\n${text(16)}`);
  md('a list item is a text', `- ${text(16)}\n  - ${text(16)}\n1. ${text(16)}\n2) ${text(16)}`);
  md('the lines of a list item are one text', `- One.\n- ${text(16)}\n  ${text(15)}`, tooLong(2));
  md('a table cell is a text', `| ${text(16)} | ${text(16)} |\n|---|---|\n| ${text(31)} | b |`, tooLong(3));
  md('a quotation is a text', `> ${text(16)}\n> ${text(15)}`, tooLong(1));
  md('a code block is left out', `~~~sh\n${text(31)}\n~~~\n\n${text(31)}`, tooLong(5));
  md('a code block in a list is left out', `- One\n\n  ~~~sh\n  ${text(31)}\n  ~~~`);
  md('code is one word', `${text(29)} \`${text(9)}\``);
  md('code may wrap', `\`npm\nci\` ${text(9)}.\n${text(31)}.`, tooLong(3));
  md('a link counts by its label', `${text(27)} [to the\nlist](https://example.com/a_b). ${text(31)}.`, tooLong(2));
  md('a bare address is no word', `${text(30)} https://example.com/a b`, tooLong(1));
  md('tags and HTML comments are left out', `<img alt="${text(31)}">\n<!--\n${text(31)}\n-->\n${text(30)}`);
});

describe('the length of a sentence in TypeScript', () => {
  ts('a string is a text', `\n\nthrow new Error('${text(31)}.');`, tooLong(3));
  ts('strings that are added are one text', `const a = '${text(16)} ' +\n  '${text(15)}';`, tooLong(1));
  ts('a line of a string is a text', `const a = '${text(16)}\\n${text(16)}';`);
  ts(
    'a line of a template is a text',
    `const a = \`${text(16)}\n${text(16)}\\n${text(16)}\n${text(31)}\`;`,
    tooLong(3),
  );
  ts('a value in a template is one word', `const a = \`${text(15)} \${b.c('${text(9)}')} ${text(14)}\`;`);
  ts('a string in a template is a text', `const a = \`x\n\${b('${text(31)}')}\`;`, tooLong(2));
  tsx('an element is a text', `<div><p>${text(16)}</p><p>${text(16)}</p>${text(16)}</div>`);
  tsx('an inline element is a part of its text', `<p>\n  ${text(16)}{' '}\n  <b>${text(15)}</b>\n</p>`, tooLong(2));
  tsx('a fragment is one text', `<>${text(16)} <b>${text(15)}</b></>`, tooLong(1));
  tsx('code in an element is one word', `<p>${text(14)} <code>${text(15)}</code> ${text(15)}</p>`);
  tsx('a value in an element is one word', `<p>${text(15)} {a.b('c d')} ${text(14)}</p>`);
  tsx('code and values end no sentence', `<p>${text(16)} <code>a</code> {b} ${text(13)}</p>`, tooLong(1));
  tsx('space and comments in braces are no words', `<p>${text(15)} {' '} {/* a */} <b>${text(15)}</b></p>`);
  tsx('a tag may have many lines', `<p>\n<a\nhref="b"\n>It</a>. ${text(31)}</p>`, tooLong(4));
  tsx('a string under a condition is a text', `<p>{a &&\n<b>{b ? 'c' : '${text(31)}'}</b>}</p>`, tooLong(2));
  tsx('an attribute is a text', `<p\n  title="${text(31)}"\n/>`, tooLong(2));
  ts('a comment may be long', `// ${text(31)}\n/** ${text(31)} */`);
});

describe('words that the style rules out', () => {
  const they = (word: string) => `"${word}": write "they"`;
  md(
    '"his" in Markdown, at the line of its sentence',
    'A visitor\nand his browser. He\ncomes.',
    `1: ${they('his')}`,
    `2: ${they('He')}`,
  );
  ts('"him" in a comment', 'a(); // of use to him', `1: ${they('him')}`);
  ts(
    '"he" in a docstring, at its line',
    '/**\n * For him.\n * As he is.\n */',
    `2: ${they('him')}`,
    `3: ${they('he')}`,
  );
  ts('"himself" in a string', "a('A visitor himself');", `1: ${they('himself')}`);
  tsx('"his" in an element', '<p>\n  A browser\n  is <b>his</b>\n</p>', `2: ${they('his')}`);
  md('code may say "he"', '`he` is Hebrew, as is\n\n```\nhe is\n```');
  ts('code in a comment may say "he"', '// Hebrew is `he`, and `this` is history.');
  ts('values and lists of codes may say "he"', "a('himself', 'he-IL', 'gu he hi');");
  md('"be it"', 'All sites, be it one.', '1: "be it": write "whether" or "such as"');
  md('"in need"', 'A table in need.', '1: "in need": write "that needs"');
  md('"of a person kept"', 'Nothing of a person kept.', '1: "of a person kept": write "kept about a person"');
  md('"some" with a number', 'It has some 17 KB.', '1: "some 17": write "about"');
  md('"some" with a price', 'It costs some $3.50 a month.', '1: "some $3.50": write "about"');
  ts('"some" with a number in words', '// Some twenty names', '1: "Some twenty": write "about"');
  md('"some" without a number passes', 'It has some pages of 17 KB, and someone in needles.');
  const clause = 'a subject that is a clause: write a noun';
  md('a clause as the subject', 'Yes. Who deploys\nmakes roles.', `1: ${clause}`);
  ts('a clause as the subject of a string', "a('What fails stays.');", `1: ${clause}`);
  md('questions and headings may begin with "what"', '# What you get\n\nWhat is it? Whatever fits.');
  md('a link may begin with "what"', '[What is stored](a.md) lists all.');
  md('two findings in a sentence', `He ${text(31)}.`, `1: ${they('He')}`, tooLong(1, 32));
  ts(
    'findings by line',
    "a('That is his');\n// for him\na('That is his');",
    `1: ${they('his')}`,
    `2: ${they('him')}`,
    `3: ${they('his')}`,
  );
});

test('a finding tells how its sentence begins', () => {
  const starts = (file: string, language: Language) => findings(file, language).map(({ start }) => start);
  const long = 'Each word word word word word word word word word';
  assert.deepEqual(starts(`Yes. No, \`a b\`\nof ${text(31)}.`, 'md'), [`No, \`…\` of ${long}`]);
  assert.deepEqual(starts(`a(\`This \${b} is his.\`)`, 'ts'), ['This `…` is his.']);
});
