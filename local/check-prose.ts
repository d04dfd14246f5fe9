import { globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { root } from './folder.ts';
import { type Language, sentencesOf } from './prose.ts';

interface Finding {
  line: number;
  message: string;
  /** The first 60 characters of the sentence. */
  start: string;
}

const maxWords = 30;

/** Words that CONTRIBUTING.md rules out, and what to write instead. */
const banned: [RegExp, string][] = [
  [/\b(he|his|him|himself)\b/i, 'write "they"'],
  [/\bbe it\b/i, 'write "whether" or "such as"'],
  [/\bin need\b/i, 'write "that needs"'],
  [/\bof a person kept\b/i, 'write "kept about a person"'],
  [/\bsome [$€]?(\d[\d.,]*|(a )?(ten|twenty|thirty|forty|fifty|dozen|hundred|thousand|million)\b)/i, 'write "about"'],
];

/** Returns where a file breaks a rule. Sentences of comments may be long and may begin with a clause. */
export const findings = (file: string, language: Language): Finding[] =>
  sentencesOf(file, language).flatMap(({ text, line, source }) => {
    const words = wordsOf(text);
    const messages = banned.flatMap(([pattern, advice]) => {
      const match = pattern.exec(text)?.[0];
      return match ? [`"${match}": ${advice}`] : [];
    });
    if (source === 'shown' && words.length > maxWords)
      messages.push(`${words.length} words: write at most ${maxWords}`);
    if (source === 'shown' && /^(Who|What) .*\.$/.test(text)) messages.push('a subject that is a clause: write a noun');
    return messages.map((message) => ({ line, message, start: text.slice(0, 60) }));
  });

const wordsOf = (text: string) =>
  text
    .replace(/https?:\/\/[^\s)>]+/g, '')
    .split(' ')
    .filter((word) => /[\p{L}\p{N}`]/u.test(word));

if (import.meta.main) {
  const files = globSync(['**/*.md', '.github/**/*.md', '**/*.{ts,tsx}'], {
    cwd: root,
    // The test of these rules quotes what breaks them.
    exclude: ['**/node_modules', 'build', '.local', '.serverless', '.esbuild', 'test/local/check-prose.test.ts'],
  });
  for (const file of files.sort()) {
    const language = extname(file).slice(1) as Language;
    for (const { line, message, start } of findings(readFileSync(join(root, file), 'utf8'), language)) {
      console.error(`${file}:${line}: ${message}: ${start}`);
      process.exitCode = 1;
    }
  }
}
