import { UnreadableFile } from '../format.ts';

/** Returns a count: up to twelve digits, or 0 for an empty text. Throws `UnreadableFile` for any other text. */
export function parseCount(text: string): number {
  if (text === '') return 0;
  if (/^\d{1,12}(\.0+)?$/.test(text)) return Number(text);
  throw new UnreadableFile(
    `"${text.slice(0, 40)}" is not a whole number from 0 to 999,999,999,999. Correct or remove the line.`,
  );
}
