/**
 * P4OAuth's access tokens, and the tickets that they fetch. Facts and sources: docs/vendors/p4oauth.md.
 *
 * Hidden behind this face: there are no keys, no list and no call that ends anything; a person ends tickets and shuts the
 * user out on the Perforce server, and the console tells by asking for a ticket.
 */
import type { BareThing } from '../ending.ts';
import type { KeysFace } from '../keys-face.ts';
import { ownerOf } from './ticket.ts';
import { endTicket, endTickets } from './key-guides.ts';
import { checkOfToken, endingsOfTicket, endingsOfToken } from './key-endings.ts';
import { kinds, recognise } from './key-recognise.ts';

const bare = (kind: string, name: string, facts: BareThing['facts'] = {}): BareThing => ({
  ...{ kind, name, facts },
  id: null,
  row: null,
});

const nounOf = (kind: string): string => (kind === kinds.ticket.kind ? kinds.ticket.noun : kinds.token.noun);

export const keys: KeysFace = {
  kinds: Object.values(kinds).map(({ kind, noun }) => ({ kind, noun, listed: false })),
  recognise,
  // Nothing in the string tells the server.
  fits: () => 'perhaps',
  thingOf: ({ kind, facts }) => bare(kind, nounOf(kind), facts),
  thingOfSession: ({ identity }, tokens) =>
    bare(kinds.token.kind, `Access token of ${identity.name}`, { ...ownerOf(tokens) }),
  thingOfRow: ({ kind }) => bare(kind, nounOf(kind)),
  secretsOf: (kind, { accessToken }) => (kind === kinds.token.kind ? { token: accessToken } : {}),
  endings(thing, means, connection) {
    return thing.kind === kinds.token.kind ? endingsOfToken(thing, means, connection) : endingsOfTicket(thing);
  },
  check(thing, means, connection) {
    return thing.kind === kinds.token.kind ? checkOfToken(thing, means, connection) : null;
  },
  routes: ({ kind, facts }) => [kind === kinds.ticket.kind ? endTicket(facts['login']) : endTickets(facts['login'])],
  unlisted:
    'P4OAuth has no keys, and no call that lists its access tokens. What is known here are the sessions of this console.',
};
