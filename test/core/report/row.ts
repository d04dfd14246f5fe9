import type { Row, StoredRow } from '../../../core/report/report.ts';

/** Returns a row as it is read, from one as it is stored. */
export const rowOf = ({ counters, ...row }: StoredRow): Row => ({
  ...row,
  counters: new Map(Object.entries(counters)),
});
