import { type Day, isDay } from '../calendar/day.ts';
import { quoted } from './quoted.ts';

/** What the owner wrote about a day. A day has one note for each site, and one for all sites. */
export interface Note {
  day: Day;
  /** The host of the site. Empty for all sites. */
  site: string;
  text: string;
}

/** The first day of a note is the first day of a range. */
const earliest: Day = '1990-01-01';
export const maxNoteLetters = 200;

/** Returns the note of a form. For a wrong one, returns what is wrong. */
export function parseNote(
  { day, text, site }: { day: string; text: string; site: string },
  today: Day,
): { note: Note } | { problem: string } {
  if (!isDay(day) || day > today || day < earliest)
    return { problem: `${quoted(day)} is not a day up to today: write it like ${today}.` };
  const words = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  if (words === '') return { problem: 'The note is empty: write what happened on that day.' };
  const letters = [...words];
  if (letters.length > maxNoteLetters)
    return { problem: `The note has ${letters.length} letters: write at most ${maxNoteLetters}.` };
  return { note: { day, site, text: words } };
}

/**
 * Returns the notes about a site, or about all without one, oldest first. Somebody who may see `onlySite` alone sees no note
 * about all sites.
 */
export const notesFor = (notes: Note[], site: string | undefined, onlySite?: string): Note[] =>
  notes
    .filter((note) => (onlySite === undefined ? !site || !note.site || note.site === site : note.site === onlySite))
    .sort((a, b) => (a.day === b.day ? (a.site < b.site ? -1 : 1) : a.day < b.day ? -1 : 1));
