/** What asking Tuleap means, and where a refresh token stands, by the way in that opened the session. */
import { signInWithAccessKey } from '../../providers/tuleap/sign-in-access-key.ts';
import { signInWithOAuth2 } from '../../providers/tuleap/sign-in-oauth2.ts';
import type { SessionView } from '../../sessions/record.ts';

/** Said before anything is asked. */
export function askingWords({ lineage }: SessionView): string {
  switch (lineage.way) {
    case signInWithAccessKey.id:
      return 'Asks the server whom it takes this key for, and what it knows of the key: scopes, end, last use. Where Tuleap sees no credential it answers as to an anonymous visitor instead of refusing; that is told apart here. Asking counts as a use of the key.';
    case signInWithOAuth2.id:
      return 'Asks the server whose token this is. It answers only where the scope openid was asked for.';
    default:
      return 'Asks the server whom it takes this token for. Where Tuleap sees no credential it answers as to an anonymous visitor instead of refusing; that is told apart here.';
  }
}

/** Under the life of an OAuth2 session's refresh token. */
export function refreshTokenWords({ tokens, intent, uncertain, generation }: SessionView): string {
  if (intent) return 'Being used right now. Its answer brings the next one, and this one is dead then.';
  if (uncertain) {
    return 'It was sent, and the answer is missing: it may be used up. It is tried once more, and not again, because Tuleap ends the whole access where one is used twice.';
  }
  if (tokens?.refreshable) {
    const before = generation === 0 ? '' : ' The ones before it are used up.';
    return `Works once, unused so far: a refresh spends it and brings another. Used twice, it ends the whole access.${before}`;
  }
  return generation === 0
    ? 'The scope offline_access was not asked for, so there is none: a new token takes a new sign-in.'
    : 'Used up or refused. The access token works until it ends; then sign in again.';
}
