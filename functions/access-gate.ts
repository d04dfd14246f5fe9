import type { Moment } from '../core/calendar/day.ts';
import type { Access, Auth } from '../http/auth.ts';
import { htmlResponse } from '../http/html-response.ts';
import { formIn, isSameOrigin, queryWithoutLink, type Request } from '../http/request.ts';
import { type Response, redirect } from '../http/response.ts';
import { signInHtml } from '../views/SignIn.tsx';

export type Route = (event: Request, now: Moment) => Promise<Response>;
type Show = (event: Request, now: Moment, access: Access) => Promise<Response>;
type Change = (form: URLSearchParams, event: Request, now: Moment, access: Access) => Promise<Response>;

/** Returns whether the pages for the owner are open: to the owner, and to all if the dashboard is public. */
export const mayManage = ({ role }: Access): boolean => role === 'owner' || role === 'public';

/** Returns what lets readers and owners through to a page, and asks others to sign in. */
export function accessGate(auth: Auth) {
  function forReaders(show: Show): Route {
    return async (event, now) => {
      const access = await auth.authorize(event, now.day);
      if (access) return show(event, now, access);
      const isShared = event.queryStringParameters?.share !== undefined;
      return askForPassword(
        event,
        401,
        isShared
          ? 'This link has expired or was revoked, or a part of it is missing. Ask its owner for a new one, or sign in.'
          : '',
      );
    };
  }

  function forOwners(show: Show): Route {
    return forReaders((event, now, access) =>
      mayManage(access) ? show(event, now, access) : askForPassword(event, 403, 'This page is for the owner. Sign in.'),
    );
  }

  /** Signs in or out by form, and shows the page again. */
  async function signInOrOut(event: Request, { day }: Moment): Promise<Response> {
    if (!isSameOrigin(event)) return askForPassword(event, 403, 'Another page sent that form. Use this one.');
    const form = formIn(event);
    if (form.has('sign-out')) return redirect(queryWithoutLink(event), [auth.signOut()]);
    const attempt = await auth.signIn(form.get('password') ?? '', event, day);
    if ('cookies' in attempt) return redirect(queryWithoutLink(event), attempt.cookies);
    return askForPassword(event, attempt.statusCode, attempt.problem);
  }

  /** Takes the forms of a page: those that change something, from the owner only, and those that sign in or out. */
  function forms(change: Change): Route {
    return async (event, now) => {
      const form = formIn(event);
      if (!isSameOrigin(event) || form.has('password') || form.has('sign-out')) return signInOrOut(event, now);
      const access = await auth.authorize(event, now.day);
      if (access?.role !== 'owner') return askForPassword(event, 401, 'This is for the owner. Sign in.');
      return change(form, event, now, access);
    };
  }

  return { forReaders, forOwners, forms, signInOrOut };
}

const askForPassword = async (event: Request, statusCode: number, problem: string): Promise<Response> =>
  htmlResponse(signInHtml(problem), event, { statusCode });
