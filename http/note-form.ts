import { type Day, isDay } from '../core/calendar/day.ts';
import { type Note, parseNote } from '../core/report/notes.ts';

/** Keeps the owner's notes. The methods throw the SDK's errors. */
export interface NotesStore {
  write(note: Note): Promise<void>;
  erase(note: Pick<Note, 'day' | 'site'>): Promise<void>;
}

/** Writes or deletes a note, as a form of the dashboard asks for. Returns what is wrong, or an empty text. */
export async function changeNotes(
  form: URLSearchParams,
  { site, today }: { site: string; today: Day },
  store: NotesStore,
): Promise<string> {
  const [day = '', host = ''] = (form.get('erase-note') ?? '').split('/');
  if (form.has('erase-note')) {
    if (isDay(day)) await store.erase({ day, site: host });
    return '';
  }
  const parsed = parseNote({ day: form.get('note-day') ?? '', text: form.get('note') ?? '', site }, today);
  if ('problem' in parsed) return parsed.problem;
  await store.write(parsed.note);
  return '';
}
