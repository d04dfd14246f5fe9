import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Returns where a page breaks the rules of WCAG 2.2 AA that a program can check, one line for each rule. */
export async function a11yViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { passes, violations }: AxeResults = await page.evaluate(() => {
    // A layer covers the page behind an open menu of the header: a tap there closes the menu.
    const context = document.querySelector('header details[open]') ? { exclude: ['main'] } : document;
    return (window as unknown as { axe: typeof axe }).axe.run(context, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
  });
  if (passes.length <= 10) throw new Error('axe-core checked ten rules or fewer. Check that the page has loaded.');
  return violations.map(
    ({ id, nodes }) =>
      `${id}, ${nodes.length} times: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 120))
        .join(' | ')}`,
  );
}
