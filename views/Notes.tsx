import type { Day } from '../core/calendar/day.ts';
import { maxNoteLetters, type Note } from '../core/report/notes.ts';
import { Days } from './Days.tsx';

interface Props {
  /** Oldest first. */
  notes: Note[];
  /** The site that a new note is about. Undefined for all. */
  site: string | undefined;
  /** The usual day of a new note. */
  day: Day;
  today: Day;
  mayWrite: boolean;
}

/** Renders the notes of the range, and for the owner a form for another. Renders nothing if there is neither. */
export function Notes({ notes, site, day, today, mayWrite }: Props) {
  if (notes.length === 0 && !mayWrite) return null;
  return (
    <aside class="day-notes" aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      {notes.length > 0 && (
        <ul>
          {notes.map((note) => (
            <li key={`${note.day} ${note.site}`}>
              <span dir="auto">
                <b>
                  <Days days={[note.day]} />
                </b>
                {!site && note.site && `, ${note.site}`}: {note.text}
              </span>
              {mayWrite && <EraseForm note={note} />}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && <NoteForm day={day} today={today} site={site} />}
    </aside>
  );
}

const EraseForm = ({ note }: { note: Note }) => (
  <form method="post">
    <button class="as-link" type="submit" name="erase-note" value={`${note.day}/${note.site}`}>
      Delete<span class="is-sr-only"> the note on {note.day}</span>
    </button>
  </form>
);

const NoteForm = ({ day, today, site }: { day: Day; today: Day; site: string | undefined }) => (
  <details>
    <summary>Add a note</summary>
    <form class="days" method="post">
      <label>
        Day <input class="input" type="date" name="note-day" value={day} max={today} required />
      </label>
      <label>
        What happened
        {site && ` on ${site}`} <input class="input" type="text" name="note" maxlength={maxNoteLetters} required />
      </label>
      <button class="button" type="submit">
        Save note
      </button>
    </form>
  </details>
);
