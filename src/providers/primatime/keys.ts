/**
 * PrimaTime's secret keys, and the tokens that they and passwords make. Facts and sources: docs/vendors/primatime.md.
 *
 * Hidden behind this face: a plain delete only moves a key into the trash; the list holds the secrets, and `displayName`
 * another time; a sign-in with a key is the only way to try it, and leaves a token that nothing ends.
 */
import type { BareThing } from '../ending.ts';
import type { Guide } from '../guide.ts';
import type { KeysFace } from '../keys-face.ts';
import { create, rename, trash } from './key-create.ts';
import { checkOfKey, endingsOfKey } from './key-endings.ts';
import { kinds, recognise } from './key-recognise.ts';
import { list } from './key-rows.ts';
import { GUIDE_STEPS } from './key-words.ts';
import { keyMoves, newKey } from './moves.ts';
import { checkOfToken, endingsOfRefreshToken, endingsOfToken } from './token-endings.ts';

const nounOf = (kind: string): string => Object.values(kinds).find((each) => each.kind === kind)?.noun ?? kind;

const bare = (kind: string, more: Partial<BareThing> = {}): BareThing => ({
  kind,
  id: null,
  name: nounOf(kind),
  row: null,
  facts: {},
  ...more,
});

const thingOfRow: KeysFace['thingOfRow'] = (row) =>
  bare(row.kind, {
    id: row.id,
    name: row.name === 'not-reported' || row.name === '' ? `secret key ${row.id}` : `“${row.name}”`,
    row,
  });

const inTheWebPages: Guide = {
  title: 'Have its owner delete it in PrimaTime’s web pages',
  steps: GUIDE_STEPS,
  proof: 'Paste the key here afterwards: a sign-in with it must be refused.',
};

const endTheKey: Guide = {
  title: 'End what makes such tokens',
  steps: [
    'Find out which secret key, or whose password, it was made with.',
    'Delete that key, or have the password changed.',
    'Wait until the token ends: 60 minutes from when it was made, a refresh token seven days.',
  ],
  proof: 'Whether tokens die with their key is not documented, so each has to be tried.',
};

export const keys: KeysFace = {
  kinds: Object.values(kinds).map(({ kind, noun }) => ({ kind, noun, listed: kind === kinds.secretKey.kind })),
  recognise,
  // Nothing in a UUID tells the tenant.
  fits: () => 'perhaps',
  thingOf: ({ kind, facts }, row) => (row && kind === row.kind ? thingOfRow(row) : bare(kind, { facts })),
  thingOfRow,
  thingOfSession(_session, { accessExpiry, refreshToken }) {
    const facts: Record<string, string> =
      accessExpiry.kind === 'absolute' ? { accessEndsMs: String(accessExpiry.serverMs) } : {};
    return bare(refreshToken === undefined ? kinds.token.kind : kinds.refreshToken.kind, { facts });
  },
  secretsOf(kind, { accessToken, refreshToken }) {
    if (kind === kinds.token.kind) return { token: accessToken };
    return kind === kinds.refreshToken.kind && refreshToken !== undefined ? { refreshToken } : {};
  },
  endings(thing, means, connection) {
    switch (thing.kind) {
      case kinds.secretKey.kind:
        return endingsOfKey(thing, means, connection);
      case kinds.token.kind:
        return endingsOfToken(thing, means, connection);
      case kinds.refreshToken.kind:
        return endingsOfRefreshToken(thing, means, connection);
      default:
        return [];
    }
  },
  check(thing, means, connection) {
    if (thing.kind === kinds.secretKey.kind) return checkOfKey(thing, means, connection);
    // To try a refresh token is to use it up.
    return thing.kind === kinds.token.kind ? checkOfToken(thing, means, connection) : null;
  },
  moves: (thing, means, connection, values) =>
    thing.kind === kinds.secretKey.kind ? keyMoves(thing, means, connection, values) : [],
  making: (thing, means, connection, values) =>
    thing.kind === kinds.secretKey.kind ? newKey(thing, means, connection, values) : null,
  routes: ({ kind }) => [kind === kinds.secretKey.kind ? inTheWebPages : endTheKey],
  list,
  create,
  rename,
  trash,
};
