import type { Audience } from '../../core/collect/audience.ts';
import { unknown } from '../../core/counters/names.ts';
import { nameTable } from './name-table.ts';

const table = nameTable(['mobile', 'tablet', 'desktop'], {
  mobile: 'smartphone, phone, phablet, feature phone, portable media player',
  tablet: 'ipad',
  desktop: 'laptop, computer, pc, tv, smart tv, smarttv, television, console',
});

/** Returns the kind of device that another tool names. */
export const deviceNamed = (name: string): Audience['device'] => table(name) ?? unknown;
