/** P4OAuth's access tokens over real sockets: ended by a person elsewhere, watched from here. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { SessionFacts, Thing } from '../src/providers/ending.ts';
import { p4oauth } from '../src/providers/p4oauth/index.ts';
import type { Tokens } from '../src/providers/tokens.ts';
import type { P4OAuthActions } from '../stand-ins/p4oauth/control.ts';
import { standIn } from '../stand-ins/p4oauth/server.ts';
import { demo } from '../stand-ins/p4oauth/world.ts';
import { endingOf, means, startKeysRig, thingOf, type KeysRig } from './walk-ending.ts';

let on: KeysRig<P4OAuthActions>;
beforeAll(async () => {
  on = await startKeysRig(standIn, p4oauth);
});
beforeEach(() => on.server.control.reset());
afterAll(() => on.close());

const companions = { login: 'alice', redirectUri: demo.redirectUri };
const session: SessionFacts = { id: 's', way: 'password', identity: { name: 'alice' }, companions };

function ours(): { readonly thing: Thing; readonly secrets: Readonly<Record<string, string>> } {
  const { accessToken } = on.server.control.openAccessToken({ login: 'alice' });
  const tokens: Tokens = { accessToken, accessExpiry: { kind: 'unknown' }, companions, facts: [] };
  const bare = on.keys.thingOfSession(session, tokens);
  if (!bare) throw new Error('The session carries nothing');
  return { thing: { ...thingOf(bare), session: 's' }, secrets: on.keys.secretsOf(bare.kind, tokens) };
}

const endingsOf = async (thing: Thing, given = means({ session, own: true })) =>
  on.keys.endings(thing, given, await on.connection());
const endThem = (): void => void on.server.control.endAccessTokens({ login: 'alice' });

it('is ended with a command to copy, and is watched until the server refuses it', async () => {
  const { thing, secrets } = ours();
  const ending = endingOf(await endingsOf(thing), 'log-out-there');
  expect(ending.steps.find(({ kind }) => kind === 'guide')).toMatchObject({ guide: { command: 'p4 logout -a alice' } });
  expect(ending).toMatchObject({ endsSessions: ['s'], survives: [{ untilMs: 'not-reported' }] });
  const { told, item } = await on.walk(thing, ending, { secrets, person: endThem });
  expect(told).toEqual(['evidence: there', 'end: done', 'probe: dead']);
  expect(item.finding).toMatchObject({ verdict: 'dead', asWanted: true });
});

it('that nobody ended stays live: p4 logout alone ends tickets, not the token', async () => {
  const { thing, secrets } = ours();
  const ending = endingOf(await endingsOf(thing), 'log-out-there');
  const person = () => void on.server.control.endTickets({ login: 'alice' });
  const { item } = await on.walk(thing, ending, { secrets, person });
  expect(item.state).toMatchObject({ is: 'waiting', step: 'probe' });
  expect(item.finding).toMatchObject({ verdict: 'live', asWanted: false });
});

it.each([
  ['json', 'dead'],
  ['text', 'dead'],
  ['html', 'unknown'],
] as const)('at a 401 as %s is %s', async (errorShape, says) => {
  on.server.control.configure({ errorShape });
  const { thing, secrets } = ours();
  endThem();
  const check = on.keys.check(thing, means({ session, own: true }), await on.connection());
  expect(check && (await on.walk(thing, check, { secrets })).told).toEqual([`probe: ${says}`]);
});

it('that nobody ended is not dead because a proxy asks for a password of its own, and is watched on', async () => {
  const { thing, secrets } = ours();
  const ending = endingOf(await endingsOf(thing), 'log-out-there');
  const before = (step: string) => {
    if (step === 'probe') on.server.control.fault({ operation: 'p4token', kind: 'html', status: 401, times: 1 });
  };
  const { told, item } = await on.walk(thing, ending, { secrets, before, person: () => undefined });
  expect(told.slice(0, 3)).toEqual(['evidence: there', 'end: done', 'probe: unknown']);
  expect(item).toMatchObject({ state: { is: 'waiting', step: 'probe' }, finding: { verdict: 'unknown' } });
  expect(item.finding?.words).toMatch(/^401 as a proxy asks for a password of its own/);
});

it('has no evidence where a proxy answered the look before', async () => {
  const { thing, secrets } = ours();
  const ending = endingOf(await endingsOf(thing), 'log-out-there');
  const before = (step: string) => {
    if (step === 'evidence') on.server.control.fault({ operation: 'p4token', kind: 'html', status: 401, times: 1 });
  };
  const { told, item } = await on.walk(thing, ending, { secrets, before, person: endThem });
  expect(told).toEqual(['evidence: unknown', 'end: done', 'probe: dead']);
  expect(item.evidence).toBeNull();
});

it.each(['login-page', 'empty'] as const)('is neither live nor dead at a 200 with %s', async (ticketAs) => {
  on.server.control.configure({ ticketAs });
  const { thing, secrets } = ours();
  const ending = endingOf(await endingsOf(thing), 'log-out-there');
  expect((await on.walk(thing, ending, { secrets })).item.finding?.verdict ?? 'unknown').toBe('unknown');
});

it('that was found is tried with the login and redirect URI of the session at hand', async () => {
  const { accessToken } = on.server.control.openAccessToken({ login: 'alice' });
  const [candidate] = on.keys.recognise(`Authorization: Bearer ${accessToken}`);
  if (!candidate) throw new Error('It is not recognised');
  const thing = thingOf(on.keys.thingOf(candidate, null));
  const ending = endingOf(await endingsOf(thing, means({ session })), 'log-out-there');
  expect(ending.consent).toMatch(/that was found/);
  expect((await on.walk(thing, ending, { secrets: candidate.secrets, person: endThem })).item.finding?.verdict).toBe(
    'dead',
  );
  expect(await endingsOf(thing, means())).toEqual([]);
  expect(await endingsOf(thing, means({ session, selfUse: false }))).toEqual([]);
  expect(on.keys.routes(thing, await on.connection())[0]?.command).toBe('p4 logout -a USER');
});

it('of somebody else proves nothing where it gets no ticket for this login', async () => {
  const { accessToken } = on.server.control.openAccessToken({ login: 'bob' });
  const thing = thingOf({ kind: 'access-token', id: null, name: 'x', row: null, facts: {} });
  const check = on.keys.check(thing, means({ session }), await on.connection());
  const { told, item } = check
    ? await on.walk(thing, check, { secrets: { token: accessToken } })
    : { told: [], item: null };
  expect(told).toEqual(['probe: unknown']);
  expect(item?.finding?.verdict).toBe('unknown');
});

it.each([
  ['alice', 'p4 logout -a alice'],
  ['al ice', "p4 logout -a 'al ice'"],
  ["o'neil; rm -rf ~", "p4 logout -a 'o'\\''neil; rm -rf ~'"],
  ['-a', 'p4 logout -a USER'],
  ['a\nb', 'p4 logout -a USER'],
])('writes the login %j into the command as one word', async (login, command) => {
  const thing = thingOf({ kind: 'ticket', id: null, name: 'x', row: null, facts: { login } });
  expect(on.keys.routes(thing, await on.connection())[0]?.command).toBe(command);
});

it('a ticket is guided, and beyond proof', async () => {
  const [ending] = await endingsOf(thingOf({ kind: 'ticket', id: null, name: 'x', row: null, facts: {} }), means());
  expect(ending?.unprovable).toMatch(/nothing here can try it/);
});
