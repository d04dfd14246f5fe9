import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import type { Chartable } from '../../core/report/filter.ts';
import type { Metrics, Report } from '../../core/report/report.ts';
import { Changed } from '../../views/Changed.tsx';
import { ChartNotes } from '../../views/ChartNotes.tsx';
import { chartedBy } from '../../views/measures.ts';
import { Sources } from '../../views/Sources.tsx';
import { Tiles } from '../../views/Tiles.tsx';
import { emptyReport, linkTo } from './empty-report.ts';

const nobody = { visitors: 0, visits: 0, unlinked: 0, engaged: 0, seconds: 0 };

/** Returns the words of a markup, with a space between elements. */
const wordsOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/ +/g, ' ')
    .trim();

/** Returns what each tile says. */
function tilesOf(now: Metrics, before: Metrics = {}, page?: string): string[] {
  const html = renderToString(<Tiles now={now} before={before} chosen="views" page={page} linkTo={linkTo} />);
  assert.doesNotMatch(html, /NaN|Infinity/);
  return [...html.matchAll(/<a .*?<\/a>/g)].map(([tile]) => wordsOf(tile));
}

describe('the tiles of totals', () => {
  const run = (name: string, now: Metrics, want: string[], page?: string) =>
    test(name, () => assert.deepEqual(tilesOf(now, {}, page), want));

  run(
    'tell how many people came, how often, and for how long',
    { views: 3000, visitors: 1000, visits: 1200, unlinked: 0, engaged: 300, seconds: 108_000 },
    [
      'Visitors 1,000',
      'Visits 1,200',
      'Views 3,000',
      'Views per visit 2.5',
      'Bounce rate 75%',
      'Visit duration 1m 30s',
    ],
  );
  run(
    'have the bounce rate and the duration of the visits that are linked to a visitor',
    { views: 20, visitors: 4, visits: 10, unlinked: 5, engaged: 4, seconds: 100 },
    ['Visitors 4', 'Visits 10', 'Views 20', 'Views per visit 2.0', 'Bounce rate 20%', 'Visit duration 20s'],
  );
  run(
    'leave out visitors, bounce rate and duration when no visit is linked to a visitor',
    { ...nobody, views: 9, visits: 6, unlinked: 6 },
    ['Visits 6', 'Views 9', 'Views per visit 1.5'],
  );
  run(
    'leave out a bounce rate of more unlinked visits than there are',
    { ...nobody, views: 9, visits: 2, unlinked: 3 },
    ['Visits 2', 'Views 9', 'Views per visit 4.5'],
  );
  run('have a bounce rate of 0 at least, whatever was lost', { views: 9, visits: 2, engaged: 3, seconds: 4 }, [
    'Visits 2',
    'Views 9',
    'Views per visit 4.5',
    'Bounce rate 0%',
    'Visit duration 2s',
  ]);
  run('are views alone when nothing else is above zero', { ...nobody, views: 9 }, ['Views 9']);
  run(
    'call the visits of a page its entrances',
    { views: 4, visitors: 3, visits: 2 },
    ['Visitors 3', 'Entrances 2', 'Views 4'],
    'https://a.example/',
  );
  run(
    'say that the visitors of a folder are at most so many',
    { views: 4, visitors: 3, visits: 2 },
    ['Visitors, at most 3', 'Entrances 2', 'Views 4'],
    'https://a.example/posts/*',
  );
  run('are those that a filter leaves known', { visits: 3 }, ['Visits 3']);
  run('shorten numbers that have no room', { views: 12_345_678, visits: 9_999_999 }, [
    'Visits 9,999,999',
    'Views 12.3M',
  ]);
  run('of an event say how often it happened', { events: 3 }, ['Events 3']);

  test('have their changes, and say which of them are bad', () => {
    const before = { views: 80, visitors: 20, visits: 20, engaged: 10, seconds: 1000 };
    const now = { views: 90, visitors: 10, visits: 20, engaged: 8, seconds: 1000 };
    assert.deepEqual(tilesOf(now, before), [
      'Visitors 10 50%',
      'Visits 20 same',
      'Views 90 13%',
      'Views per visit 4.5 13%',
      'Bounce rate 60% 10 points',
      'Visit duration 50s same',
    ]);
    const html = renderToString(<Tiles now={now} before={before} chosen="views" page={undefined} linkTo={linkTo} />);
    assert.match(html, /<small class="down">50%<.*<small class="up">13%<.*<small class="up bad">10 points</);
  });

  test('are links that choose a metric, and mark the chosen one', () => {
    const html = renderToString(
      <Tiles now={{ views: 4, visitors: 3 }} before={{}} chosen="visitors" page={undefined} linkTo={linkTo} />,
    );
    const links = [...html.matchAll(/href="([^"]*)"( aria-current="true")?/g)];
    assert.deepEqual(
      links.map(([, href, current]) => [href, Boolean(current)]),
      [
        ['?period=7d&amp;metric=visitors', true],
        ['?period=7d&amp;metric=views', false],
      ],
    );
  });
});

describe('what the chart shows', () => {
  const run = (chosen: Chartable | undefined, totals: Metrics, isHourly: boolean, want: Chartable) =>
    test(`is ${want} if ${chosen} was chosen of ${Object.keys(totals)}${isHourly ? ' by hour' : ''}`, () => {
      const report = { ...emptyReport, totals, metric: 'visits' } satisfies Report;
      assert.equal(chartedBy(report, chosen, isHourly), want);
    });
  const site = { views: 4, visits: 2, engaged: 1, seconds: 9 };

  run(undefined, site, false, 'visits');
  run('bounce-rate', site, false, 'bounce-rate');
  run('bounce-rate', site, true, 'visits');
  run('bounce-rate', { visits: 2 }, false, 'visits');
});

describe('a change', () => {
  const run = (now: number, before: number | undefined, want: string, isShare = false) =>
    test(`from ${before} to ${now}${isShare ? ' as shares' : ''} reads ${want || 'nothing'}`, () => {
      const html = renderToString(<Changed now={now} before={before} isShare={isShare} />);
      assert.equal(html.replace(/<small class="(.*?)">(.*?)<\/small>/, '$1 $2'), want);
    });

  run(135, 100, 'up 35%');
  run(65, 100, 'down 35%');
  run(100, 100, 'same same');
  run(1001, 1000, 'up &lt;1%');
  run(4.501, 4.5, 'same same');
  run(5, 3, 'up 2');
  run(3, 5, 'down 2');
  run(0, 9, 'down 9');
  run(7, 0, 'same new');
  run(170, 10, 'up 17×');
  run(4.5, 4, 'up 13%');
  run(4, undefined, '');
  run(0.51, 0.5, 'up 1 point', true);
  run(0.4, 0.5, 'down 10 points', true);
  run(0.502, 0.5, 'same same', true);
});

describe('the notes below the chart', () => {
  const notes = (report: Partial<Report>, days = 7) =>
    wordsOf(renderToString(<ChartNotes report={{ ...emptyReport, ...report }} days={days} />));

  test('say how visitors of several days are added up', () => {
    assert.match(notes({ totals: { visitors: 3 } }), /^Daily visitors, added up .* counts twice\./);
    assert.equal(notes({ totals: { visitors: 3 } }, 1), '');
  });

  test('say how many visits have no visitor', () => {
    assert.match(notes({ totals: { visits: 9, unlinked: 5 } }), /^5 visits without a visitor They are not linked/);
    assert.match(notes({ totals: { visits: 9, unlinked: 1 } }), /^1 visit without a visitor It is not linked/);
    assert.match(notes({ totals: { visits: 9, unlinked: 9 } }), /^No visit is linked to a visitor/);
  });

  test('say how many bots are left out', () => {
    const refusals = [
      { name: 'bot', count: 1234 },
      { name: 'malformed', count: 5 },
      { name: 'spam', count: 1 },
    ];
    assert.equal(notes({ refusals }), '1,234 bots and 1 spam hit left out · details');
    assert.equal(notes({ refusals: refusals.slice(1) }), '1 spam hit left out · details');
  });
});

describe('the tiles of sources', () => {
  const html = (report: Partial<Report>, previous?: Partial<Report>) =>
    renderToString(
      <Sources
        report={{ ...emptyReport, ...report }}
        previous={previous && { ...emptyReport, ...previous }}
        linkTo={linkTo}
      />,
    );
  const tilesIn = (markup: string) => [...markup.matchAll(/<li.*?<\/li>/g)].map(([tile]) => wordsOf(tile));

  test('have the total, the views of each source, hostile names as text, and the views without one', () => {
    const markup = html({ totals: { views: 1234 }, sources: [{ name: '<b x="', count: 234 }] });
    assert.match(wordsOf(markup), /^Sources views by utm_source /);
    assert.deepEqual(tilesIn(markup), ['total 1,234', '&lt;b x=&quot; 234', 'no source 1,000']);
    assert.match(markup, /href="\?period=7d&amp;source=%3Cb\+x%3D%22"/);
  });

  test('have visits if the chart does, so that they agree with the panels', () => {
    const visits = [
      { name: '(none)', count: 2 },
      { name: 'mail', count: 1 },
    ];
    const markup = html({
      metric: 'visitors',
      totals: { visitors: 8, visits: 9 },
      sources: [{ name: 'mail', count: 4 }],
      visitsBy: new Map([['source', visits]]),
    });
    assert.match(wordsOf(markup), /^Sources visits by utm_source /);
    assert.deepEqual(tilesIn(markup), ['total 9', 'mail 1', 'no source 8']);
  });

  test('have their changes, the total and the views without a source, too', () => {
    const now = { totals: { views: 120 }, sources: [{ name: 'mail', count: 60, previous: 40 }] };
    const before = { totals: { views: 100 }, sources: [{ name: 'mail', count: 40 }] };
    assert.deepEqual(tilesIn(html(now, before)), ['total 120 20%', 'mail 60 50%', 'no source 60 same']);
    const cut = { ...before, namesTruncated: true };
    assert.deepEqual(tilesIn(html(now, cut)), ['total 120', 'mail 60 50%', 'no source 60']);
  });

  test('are left out when no view has a source', () => assert.equal(html({ totals: { views: 1 } }), ''));

  test('show every source, those past the fifth when asked', () => {
    const sources = Array.from({ length: 7 }, (_, i) => ({ name: `s${i}`, count: 20 - i }));
    const [shown = '', more = ''] = html({ totals: { views: 300 }, sources }).split(
      '<summary>2 more sources</summary>',
    );
    assert.equal(tilesIn(shown).length, 7);
    assert.deepEqual(tilesIn(more), ['s5 15', 's6 14']);
  });
});
