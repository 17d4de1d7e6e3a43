/**
 * What can be ended at Tuleap. Facts and sources: docs/vendors/tuleap.md.
 *
 * - a deletion is answered with 200 whatever there was to delete, so each is read again and tried;
 * - trying a key rewrites when and from where it was last used, so its row is kept first;
 * - a key belongs to its owner alone: an administrator can suspend the account, and nothing less.
 */
import type { KeysFace } from '../keys-face.ts';
import { companionOf } from '../tokens.ts';
import { ACCOUNT, accountEndings, containment } from './account-endings.ts';
import { create } from './create-key.ts';
import { checkGrant, GRANT, grantEndings, grantRoutes } from './grant-endings.ts';
import { checkKey, keyEndings, keyRoutes } from './key-endings.ts';
import { KEY, keyWays, list, nameOf, thingOfRow } from './key-rows.ts';
import { keyMoves, newKey, tokenMoves } from './moves.ts';
import { recognise } from './recognise.ts';
import { signInWithAccessKey } from './sign-in-access-key.ts';
import { signInWithOAuth2 } from './sign-in-oauth2.ts';
import { signInWithPassword } from './sign-in-password.ts';
import { ALL_TOKENS, allTokensEndings, TOKEN, tokenEndings, tokenRoutes } from './token-endings.ts';

const NUMBER = /^tlp[-.]k\d+[-.](\d{1,18})\./;

export const keys: KeysFace = {
  kinds: [
    { kind: KEY, noun: 'access key', listed: true },
    { kind: TOKEN, noun: 'deprecated token', listed: false, shownOfSessions: true },
    { kind: ALL_TOKENS, noun: 'deprecated tokens', listed: false },
    { kind: GRANT, noun: 'OAuth2 access', listed: false },
    { kind: ACCOUNT, noun: 'account', listed: false },
  ],
  recognise,
  // No string of Tuleap says which server made it.
  fits: () => 'perhaps',
  thingOf({ kind, id, noun, secrets }, row) {
    const carries = secrets['accessToken'] === undefined && kind === GRANT ? 'refreshToken' : undefined;
    const name = kind === KEY ? nameOf(id, row) : noun;
    return { kind, id, name, row, facts: carries === undefined ? {} : { carries } };
  },
  thingOfRow,
  thingOfSession({ way, identity }, tokens) {
    const base = { id: null, row: null } as const;
    switch (way) {
      case signInWithAccessKey.id: {
        const id = NUMBER.exec(tokens.accessToken)?.[1] ?? null;
        return { ...base, kind: KEY, id, name: nameOf(id, null), facts: {} };
      }
      case signInWithOAuth2.id:
        return { ...base, kind: GRANT, name: `access of ${identity.name}`, facts: {} };
      case signInWithPassword.id:
        return {
          ...base,
          kind: TOKEN,
          name: `token of ${identity.name}`,
          facts: { userId: companionOf(tokens, 'userId') },
        };
      default:
        return null;
    }
  },
  secretsOf(kind, { accessToken, refreshToken }) {
    switch (kind) {
      case KEY:
        return { accessKey: accessToken };
      case TOKEN:
        return { token: accessToken };
      default:
        return { accessToken, ...(refreshToken !== undefined && { refreshToken }) };
    }
  },
  endings(thing, means) {
    const of: Readonly<Record<string, typeof keyEndings>> = {
      [KEY]: keyEndings,
      [TOKEN]: tokenEndings,
      [ALL_TOKENS]: allTokensEndings,
      [GRANT]: grantEndings,
      [ACCOUNT]: accountEndings,
    };
    return of[thing.kind]?.(thing, means) ?? [];
  },
  check: (thing, means) =>
    thing.kind === KEY ? checkKey(thing, means) : thing.kind === GRANT ? checkGrant(thing, means) : null,
  routes(thing, connection) {
    if (thing.kind === KEY) return keyRoutes(thing, connection);
    return thing.kind === GRANT ? grantRoutes(connection) : tokenRoutes(connection);
  },
  moves(thing, means, _connection, values) {
    if (thing.kind === KEY) return keyMoves(thing, means, values);
    return thing.kind === TOKEN ? tokenMoves(thing, means, values) : [];
  },
  making: (thing, means, _connection, values) => (thing.kind === KEY ? newKey(thing, means, values) : null),
  wholesale: {
    label: 'End all deprecated tokens',
    of: TOKEN,
    ways: keyWays,
    thing: ({ identity }) => ({
      ...{ kind: ALL_TOKENS, id: null, row: null, facts: {} },
      name: `all deprecated tokens of ${identity.name}`,
    }),
  },
  list,
  create,
  containment,
};
