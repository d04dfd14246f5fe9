import { unknown } from '../counters/names.ts';

/** The kinds of devices. */
export const devices = ['mobile', 'tablet', 'desktop', unknown] as const;
