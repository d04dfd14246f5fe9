import type { ControlAnswer } from './control.ts';

/** Where the links of the page lead, and the token of its forms. */
interface Surroundings {
  token: string;
  dashboardUrl: string;
}

/** Returns an answer of the simulator's control as a page for people, with forms that start and stop live traffic. */
export function controlPage({ status, body }: ControlAnswer, { token, dashboardUrl }: Surroundings): string {
  const isStatus = status === 200 && 'state' in body;
  const html = isStatus ? stateOf(body, token) : `<p>${escaped('error' in body ? String(body.error) : body)}</p>`;
  const renewed = `<meta http-equiv="refresh" content="3; url=/simulator/status?token=${token}">`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${isStatus && body.state === 'running' ? renewed : ''}
<title>Live traffic</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark }
body { font: 1.125rem/1.6 system-ui, sans-serif; margin: 3rem auto; max-width: 36rem; padding: 0 1rem }
button, input { font: inherit; padding: .25rem .75rem }
input { width: 5rem }
dt { float: left; min-width: 7rem }
</style>
</head>
<body>
<h1>Live traffic</h1>
${html}
<p><a href="${dashboardUrl}?period=today">Dashboard of today</a> · <a href="/">Demo blog</a></p>
</body>
</html>`;
}

function stateOf(body: Record<string, unknown>, token: string): string {
  const running = body.state === 'running';
  const form = (action: string, fields: string) =>
    `<form action="/simulator/${action}"><input type="hidden" name="token" value="${token}">${fields}</form>`;
  const counts = (each: unknown) => {
    const list = Object.entries(each as Record<string, number>).filter(([, count]) => count > 0);
    return list.map(([name, count]) => `${name}: ${count}`).join(', ') || 'none';
  };
  return `<p>${
    running
      ? `Simulated readers send ${body.rate} hits a second, for at most an hour.`
      : 'No simulated readers are here.'
  }</p>
${
  running
    ? form('stop', '<button>Stop</button>')
    : form(
        'start',
        '<label>Hits a second <input name="rate" type="number" min="0.1" max="100" step="any" value="2" required></label> <button>Start</button>',
      )
}
<dl><dt>Sent</dt><dd>${body.sent}</dd><dt>Answers</dt><dd>${escaped(counts(body.answered))}</dd><dt>Refused</dt><dd>${escaped(counts(body.refused))}</dd></dl>`;
}

function escaped(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
