/** What asking Tuleap means, by the way in that opened the session. */
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
