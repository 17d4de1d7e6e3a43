import type { Choice } from '../sign-in-way.ts';

/** What an app may ask for. All of them only read. */
export const scopes = [
  { value: 'openid', label: 'openid', hint: 'Lets this console see whose session it is, by number.' },
  { value: 'profile', label: 'profile', hint: 'Adds user name, name, picture, time zone and language.' },
  { value: 'email', label: 'email', hint: 'E-mail address.' },
  {
    value: 'offline_access',
    label: 'offline_access',
    hint: 'Decides whether the session can be refreshed. Without it, you sign in again after an hour; with it, Tuleap asks for your consent each time, and a refresh token lives six hours.',
  },
  { value: 'read:project', label: 'read:project', hint: 'Read projects.' },
  { value: 'read:user_membership', label: 'read:user_membership', hint: 'Read who belongs to which group.' },
  { value: 'read:tracker', label: 'read:tracker', hint: 'Read trackers and artifacts, where the plugin is installed.' },
  {
    value: 'read:mediawiki_standalone',
    label: 'read:mediawiki_standalone',
    hint: 'Read MediaWiki, where the plugin is installed.',
  },
] as const satisfies readonly Choice[];

export const usualScopes = 'openid profile offline_access read:project';

/** The chosen ones in a fixed order, or undefined where one is none of these. */
export function readScopes(chosen: string): readonly string[] | undefined {
  const words = chosen.split(/\s+/).filter((one) => one !== '');
  const known = scopes.map(({ value }) => value).filter((value) => words.includes(value));
  return known.length === new Set(words).size ? known : undefined;
}
