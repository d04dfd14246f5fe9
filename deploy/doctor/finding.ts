/** What a check found, in a sentence, and what to do about it. */
export interface Finding {
  status: 'ok' | 'warning' | 'problem';
  text: string;
  todo?: string | undefined;
}

export const ok = (text: string): Finding => ({ status: 'ok', text });
export const warning = (text: string, todo?: string): Finding => ({ status: 'warning', text, todo });
export const problem = (text: string, todo?: string): Finding => ({ status: 'problem', text, todo });

/** Returns a text from outside as one short line that a terminal only shows: no control or invisible characters. */
export function printable(text: string, most = 120): string {
  const letters = [...text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
}

const marks = { ok: '✓', warning: '!', problem: '✗' };

/** Returns the lines of a finding: the sentence, and beneath it what to do. */
export function linesOf({ status, text, todo }: Finding): string[] {
  const lines = [`  ${marks[status]} ${printable(text, 500)}`];
  return todo ? [...lines, `    → ${printable(todo, 1_000)}`] : lines;
}

/** Returns how many findings of a kind there are, in one sentence. */
export function summaryOf(findings: Finding[]): string {
  const counted = (status: Finding['status'], name: string) => {
    const count = findings.filter((finding) => finding.status === status).length;
    return count > 0 ? [`${count} ${name}${count === 1 ? '' : 's'}`] : [];
  };
  const found = [...counted('problem', 'problem'), ...counted('warning', 'warning')];
  return found.length > 0 ? `Found ${found.join(' and ')}.` : 'Everything works.';
}
