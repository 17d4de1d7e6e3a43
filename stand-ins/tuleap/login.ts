/** `/account/login.php` */
import { refusalOf } from './authenticate.ts';
import { loginPage, redirect } from './pages.ts';
import { byUsername, mayEnter } from './people.ts';
import { textOf } from './texts.ts';
import { openWebSession, setCookie } from './web-sessions.ts';
import type { World } from './world.ts';

export const showLogin = (fields: URLSearchParams): Response => loginPage(localPath(fields.get('return_to')), null);

export function logIn(world: World, form: URLSearchParams): Response {
  const { people, settings } = world;
  const returnTo = localPath(form.get('return_to'));
  const person = byUsername(people, form.get('form_loginname') ?? '');
  if (!person || person.passwordlessOnly || person.password !== form.get('form_pw')) {
    return loginPage(returnTo, textOf('wrongPassword', settings.language));
  }
  if (!mayEnter(person)) return loginPage(returnTo, textOf(refusalOf(person), settings.language));
  return redirect(returnTo, { 'set-cookie': setCookie(openWebSession(world, person.id)) });
}

/** Never away from this server. */
const localPath = (returnTo: string | null): string => (/^\/(?![/\\])/.test(returnTo ?? '') ? (returnTo ?? '/') : '/');
