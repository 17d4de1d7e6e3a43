import type { SessionView } from '../../sessions/record.ts';

/** Under the life of an OAuth2 session's refresh token. */
export function refreshTokenWords({ tokens, intent, uncertain, generation }: SessionView): string {
  if (intent) return 'Being used right now. Its answer brings the next one, and this one is dead then.';
  if (uncertain) {
    return 'It was sent, and what came of it is not known: it may be used up. It is tried once more, and not again, because Tuleap ends the whole access where one is used twice.';
  }
  if (tokens?.refreshable) {
    const before = generation === 0 ? '' : ' The ones before it are used up.';
    return `Works once, unused so far: a refresh spends it and brings another. Used twice, it ends the whole access.${before}`;
  }
  return generation === 0
    ? 'The scope offline_access was not asked for, so there is none: a new token takes a new sign-in.'
    : 'Used up or refused. The access token works until it ends; then sign in again.';
}
