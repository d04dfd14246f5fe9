import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emptyLedger, enter, type Memories } from '../../simulator/ledger.ts';
import type { SimulatedHit } from '../../simulator/simulated-visit.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const home = 'https://blog.example.com/';
type Told = Record<string, number>;

interface Step {
  /** Seconds after noon: sent, and if later, answered. */
  at: number;
  answeredAt?: number;
  url?: string;
  status?: number;
  event?: string;
  truth?: object;
}

/** What the books say of one visitor's views: for certain, and perhaps besides. Views and hours are left out. */
function booksOf(steps: Step[]): { sure: Told; perhaps: Told } {
  const ledger = emptyLedger('UTC');
  const memories: Memories = new Map();
  for (const { at, answeredAt = at, url = home, status = 204, event, truth } of steps) {
    const view = { url, source: '', cameFromSite: at > 0, recorded: true, origin: ['country_FR'], link: [] };
    const told: SimulatedHit['truth'] = event ? { url, event, recorded: true } : { ...view, ...truth };
    const span = { from: noon + at * 1000, to: noon + answeredAt * 1000 };
    enter(ledger, memories, { visitor: 'a', ip: '', headers: {}, body: '', truth: told }, span, { status }, 1);
  }
  const sum = (cells: typeof ledger.cells) => {
    const sums: Told = {};
    for (const counters of Object.values(cells).flatMap((pages) => Object.values(pages))) {
      for (const [name, count] of Object.entries(counters)) {
        if (count > 0 && !/^(views|hour_)/.test(name)) sums[name] = (sums[name] ?? 0) + count;
      }
    }
    return sums;
  };
  return { sure: sum(ledger.cells), perhaps: sum(ledger.uncertain) };
}

describe('the books expect of a visitor', () => {
  const run = (name: string, steps: Step[], sure: Told, perhaps: Told = {}) =>
    test(name, () => assert.deepEqual(booksOf(steps), { sure, perhaps }));
  const first = { visitors: 1, site_visitors: 1, visits: 1, country_FR: 1 };
  const twice = { ...first, visits: 2, country_FR: 2 };

  run('a first view', [{ at: 0 }], first);
  run('a second view', [{ at: 0 }, { at: 40 }], { ...first, engaged: 1, seconds: 40 });
  run('a third, on another page', [{ at: 0 }, { at: 40 }, { at: 50, url: `${home}b` }], {
    ...first,
    visitors: 2,
    engaged: 1,
    seconds: 50,
  });
  run('a second visit', [{ at: 0 }, { at: 1801 }], twice);
  run('no second visit within half an hour', [{ at: 0 }, { at: 1800 }], { ...first, engaged: 1, seconds: 1800 });
  run('a second visit with two views', [{ at: 0 }, { at: 4000 }, { at: 4010 }], { ...twice, engaged: 1, seconds: 10 });
  run('a new day', [{ at: 0 }, { at: 12 * 3600 }], { visitors: 2, site_visitors: 2, visits: 2, country_FR: 2 });
  run(
    'a pause as long as the answers leave open',
    [
      { at: 0, answeredAt: 1.5 },
      { at: 10.2, answeredAt: 11 },
    ],
    {
      ...first,
      engaged: 1,
      seconds: 8,
    },
    { seconds: 3 },
  );
  run(
    'nothing for certain after a view that was counted or not',
    [{ at: 0, status: 0 }, { at: 5 }],
    {},
    {
      visitors: 2,
      site_visitors: 2,
      visits: 2,
      engaged: 1,
      seconds: 1800,
      country_FR: 2,
    },
  );
  run(
    'only visits from elsewhere if no visitor is recorded',
    [0, 5, 9].map((at) => ({ at, truth: { recorded: false } })),
    {
      visits: 1,
      unlinked: 1,
      country_FR: 1,
    },
  );

  const ofAds = { truth: { link: ['source_ads'] } };
  const linked = { ...first, linked_source_ads: 1 };
  const engaged = { ...linked, engaged: 1, engaged_source_ads: 1 };
  run('a visit by a link', [{ at: 0, ...ofAds }], linked);
  run('a second view of it', [{ at: 0, ...ofAds }, { at: 9 }], { ...engaged, seconds: 9 });
  run('a link within a visit', [{ at: 0 }, { at: 9, ...ofAds }], { ...first, engaged: 1, seconds: 9 });
  const event = 'signup';
  run(
    'an event of the visit',
    [
      { at: 0, ...ofAds },
      { at: 1800, event },
    ],
    {
      ...linked,
      event_signup: 1,
      events_source_ads: 1,
    },
  );
  run(
    'an event after the visit',
    [
      { at: 0, ...ofAds },
      { at: 1801, event },
    ],
    { ...linked, event_signup: 1 },
  );
  run('an event of a later visit by nothing', [{ at: 0, ...ofAds }, { at: 3000 }, { at: 3001, event }], {
    ...linked,
    visits: 2,
    country_FR: 2,
    event_signup: 1,
  });
  run(
    'an event that came just before or after the end of the visit',
    [
      { at: 0, answeredAt: 3, ...ofAds },
      { at: 1802, event },
    ],
    { ...linked, event_signup: 1 },
    { events_source_ads: 1 },
  );
  const notRecorded = { truth: { link: ['source_ads'], recorded: false } };
  run(
    'no link of a visit without a record',
    [
      { at: 0, ...notRecorded },
      { at: 1, event },
    ],
    {
      visits: 1,
      unlinked: 1,
      country_FR: 1,
      event_signup: 1,
    },
  );
});
