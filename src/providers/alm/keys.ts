/**
 * Perforce ALM's API keys and project tokens. Facts and sources: docs/vendors/alm.md.
 *
 * Hidden behind this face: no call lists, makes or deletes a key, and none ends a token. A person does it in one of three
 * programs, and the console tells by trying: a deleted key takes its tokens along.
 */
import type { BareThing } from '../ending.ts';
import type { KeysFace } from '../keys-face.ts';
import { companionOf } from '../tokens.ts';
import { createIn, keyRoute, tokenRoutes } from './key-guides.ts';
import { checkOfKey, endingsOfKey } from './key-endings.ts';
import { checkOfToken, endingsOfToken } from './token-endings.ts';
import { kinds, recognise } from './key-recognise.ts';
import { pathNameField } from './path-name.ts';
import { signInWithKey } from './sign-in.ts';

const bare = (kind: string, name: string, more: Partial<BareThing> = {}): BareThing => ({
  ...{ kind, name, id: null, row: null, facts: {} },
  ...more,
});

export const keys: KeysFace = {
  kinds: Object.values(kinds).map((each) => ({ ...each, listed: false })),
  recognise,
  fits({ issuer }, { baseUrl }) {
    if (issuer === null || !URL.canParse(issuer)) return 'perhaps';
    // A server writes its own idea of its address, which a proxy before it need not share.
    return new URL(issuer).origin === new URL(baseUrl).origin ? 'yes' : 'perhaps';
  },
  thingOf({ kind, id, facts: { name, ...facts } }) {
    return bare(kind, name ?? kinds.token.noun, { id, facts });
  },
  thingOfSession({ identity }, tokens) {
    const { accessExpiry } = tokens;
    return bare(kinds.token.kind, `Token of ${identity.name}`, {
      facts: {
        [pathNameField.name]: companionOf(tokens, 'segment'),
        project: companionOf(tokens, 'project'),
        ...(accessExpiry.kind === 'absolute' && { endsMs: String(accessExpiry.serverMs) }),
      },
    });
  },
  thingOfRow: ({ kind, id, name }) => bare(kind, name === 'not-reported' ? `API key ${id}` : name, { id }),
  secretsOf: (kind, { accessToken }) => (kind === kinds.token.kind ? { token: accessToken } : {}),
  endings(thing, means, connection) {
    return thing.kind === kinds.key.kind
      ? endingsOfKey(thing, means, connection)
      : endingsOfToken(thing, means, connection);
  },
  check(thing, means, connection) {
    return thing.kind === kinds.key.kind
      ? checkOfKey(thing, means, connection)
      : checkOfToken(thing, means, connection);
  },
  routes: ({ kind }) => (kind === kinds.key.kind ? [keyRoute] : tokenRoutes),
  maker: {
    kind: kinds.key.kind,
    way: signInWithKey.id,
    thing: (label, { segment }) =>
      bare(kinds.key.kind, label, { facts: segment === undefined ? {} : { [pathNameField.name]: segment } }),
    secrets: ({ apiKey }): Record<string, string> => (apiKey === undefined ? {} : { apiKey }),
  },
  unlisted:
    'No call of ALM’s API lists keys. They stand under Manage API Keys in the ALM clients and in the License Server Admin Utility; those that were used here are kept with the tokens that they made.',
  createGuide: createIn,
};
