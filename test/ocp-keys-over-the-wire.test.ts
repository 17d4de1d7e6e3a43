/** OCP's tokens and accounts over real sockets: what ends them, and what it takes to be called dead. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SessionFacts, Thing } from '../src/providers/ending.ts';
import { ocp } from '../src/providers/ocp/index.ts';
import { readTokens } from '../src/providers/ocp/tokens.ts';
import type { Candidate } from '../src/providers/recognised.ts';
import type { Tokens } from '../src/providers/tokens.ts';
import type { OcpActions } from '../stand-ins/ocp/control.ts';
import { standIn } from '../stand-ins/ocp/server.ts';
import { endingOf, means, startKeysRig, thingOf, type KeysRig } from './walk-ending.ts';

let on: KeysRig<OcpActions>;
beforeAll(async () => {
  on = await startKeysRig(standIn, ocp);
});
beforeEach(() => {
  on.server.control.reset();
  on.server.control.dropSessions();
});
afterAll(() => on.close());

async function signIn(username = 'alice'): Promise<{ readonly tokens: Tokens; readonly facts: SessionFacts }> {
  const reply = await on.ask('signIn', { username, password: `${username}-demo-password` });
  const tokens = readTokens(reply, 'signIn');
  if (!tokens.ok) throw new Error(tokens.failure.sentence);
  const [way] = ocp.signIn;
  const read = way.read(reply, { username }, await on.connection());
  if (!read.ok) throw new Error(read.failure.sentence);
  return {
    tokens: tokens.value,
    facts: { id: 's', way: 'password', identity: read.value.identity, companions: {} },
  };
}

function recognised(text: string): { readonly candidate: Candidate; readonly thing: Thing } {
  const [candidate] = on.keys.recognise(text);
  if (!candidate) throw new Error('It is not recognised');
  return { candidate, thing: thingOf(on.keys.thingOf(candidate, null)) };
}

const open = (username = 'alice') => on.server.control.sessions({ username }).length;
const calls = (operation: string) => on.server.control.ledger({ operation });

describe('a refresh token that was found', () => {
  const found = async () => {
    const { tokens } = await signIn();
    const { candidate, thing } = recognised(`refresh_token=${tokens.refreshToken ?? ''}`);
    const ending = endingOf(on.keys.endings(thing, means(), await on.connection()), 'log-out');
    return { candidate, thing, ending, secrets: candidate.secrets };
  };

  it('is logged out, then refused at exactly one refresh', async () => {
    const { candidate, thing, ending, secrets } = await found();
    expect(candidate).toMatchObject({ kind: 'refresh-token', certainty: 'certain' });
    expect(on.keys.fits(candidate, await on.connection())).toBe('yes');
    expect(ending.consent).toMatch(/one refresh/);
    const { told, item } = await on.walk(thing, ending, { secrets });
    expect(told).toEqual(['end: accepted', 'probe: dead']);
    expect(item.finding).toMatchObject({ verdict: 'dead', words: '400 invalid_grant' });
    expect(open()).toBe(0);
    expect(calls('refresh')).toHaveLength(1);
  });

  it('that still refreshes after a 204 is live, and what came back is logged out at once', async () => {
    on.server.control.configure({ endsNothing: true });
    const { thing, ending, secrets } = await found();
    const walked = await on.walk(thing, ending, { secrets });
    expect(walked.told).toEqual(['end: accepted', 'probe: live', 'log-out-newer: accepted']);
    expect(walked.item.finding).toMatchObject({ verdict: 'live', asWanted: false });
    expect(walked.item.marks.at(-1)?.words).toBe('204, accepted, which proves nothing');
    expect(calls('refresh')).toHaveLength(1);
    expect(calls('log-out')).toHaveLength(2);
    expect(JSON.stringify(walked.item)).not.toContain(walked.secrets['newerToken']);
  });

  it('that still refreshes keeps its verdict where logging out what came back failed', async () => {
    on.server.control.configure({ endsNothing: true });
    const { thing, ending, secrets } = await found();
    const before = (step: string) => {
      if (step === 'log-out-newer') on.server.control.fault({ operation: 'log-out', kind: 'reset' });
    };
    const { item } = await on.walk(thing, ending, { secrets, before });
    expect(item.finding).toMatchObject({ verdict: 'live', asWanted: false });
  });

  it('of another server is not called dead', async () => {
    const { thing, ending, secrets } = await found();
    on.server.control.configure({ hostname: 'https://elsewhere.example' });
    const { item, told } = await on.walk(thing, ending, { secrets });
    expect(told).toEqual(['end: refused', 'probe: unknown']);
    expect(item.finding?.verdict).toBe('unknown');
  });

  it('of a disabled user is dead while that lasts', async () => {
    on.server.control.configure({ endsNothing: true });
    const { thing, ending, secrets } = await found();
    on.server.control.putUser({ username: 'alice', enabled: false });
    const { item } = await on.walk(thing, ending, { secrets });
    expect(item.finding).toMatchObject({ verdict: 'dead', qualifier: 'while the account is disabled' });
  });

  it('is looked for in the lists of its owner first, which keeps from where it was used', async () => {
    const { tokens, facts } = await signIn();
    const { thing, candidate } = recognised((await signIn()).tokens.refreshToken ?? '');
    const given = means({ session: facts });
    const ending = endingOf(on.keys.endings(thing, given, await on.connection()), 'log-out');
    const { told, item } = await on.walk(thing, ending, { secrets: candidate.secrets, sessions: { s: tokens } });
    expect(told).toEqual(['evidence: there', 'end: accepted', 'again: gone', 'probe: dead']);
    expect(item.evidence?.facts.map(({ label }) => label)).toEqual(expect.arrayContaining(['Address', 'Browser']));
    expect(open()).toBe(1);
  });

  describe('whose session a failing server does not show', () => {
    const walked = async (trouble: () => void) => {
      const { tokens, facts } = await signIn();
      const { thing, candidate } = recognised((await signIn()).tokens.refreshToken ?? '');
      const ending = endingOf(on.keys.endings(thing, means({ session: facts }), await on.connection()), 'log-out');
      trouble();
      return await on.walk(thing, ending, { secrets: candidate.secrets, sessions: { s: tokens } });
    };
    const fails = (status: number, times: number | 'always') => () =>
      on.server.control.fault({ operation: 'account-sessions', kind: 'reply', status, body: '{}', times });

    it('is looked for again, and logged out with the evidence', async () => {
      const { told, item } = await walked(fails(503, 2));
      expect(told).toEqual(['evidence: there', 'end: accepted', 'again: gone', 'probe: dead']);
      expect(item.evidence?.row).not.toBeNull();
    });

    it.each([
      ['a server that stays down', fails(503, 'always'), 6],
      ['a 403 of something else', fails(403, 'always'), 1],
      ['a 404 of something else', fails(404, 'always'), 1],
    ])('is not logged out before a person was asked: %s', async (_, trouble, times) => {
      const { told, item } = await walked(trouble);
      expect(told).toEqual(['evidence: unknown']);
      expect(item.state).toMatchObject({ is: 'paused', for: 'evidence', step: 'evidence' });
      expect(calls('account-sessions')).toHaveLength(times);
      expect(calls('log-out')).toHaveLength(0);
      expect(open()).toBe(2);
    });

    it.each([
      [
        'a right that is missing',
        () => on.server.control.putUser({ username: 'alice', accountRoles: ['manage-account-links'] }),
        'This user may not see or end sessions through the account API.',
      ],
      [
        'no account API',
        () => on.server.control.configureRealm({ accountApi: false }),
        'The server does not offer its list of sessions to users.',
      ],
    ])('is logged out without it where another try would tell no more: %s', async (_, trouble, words) => {
      const { told, item } = await walked(trouble);
      expect(told).toEqual(['evidence: unknown', 'end: accepted', 'again: skipped', 'probe: dead']);
      expect(item.marks[0]?.words).toBe(words);
      expect(item.evidence).toBeNull();
      expect(calls('account-sessions')).toHaveLength(1);
      expect(open()).toBe(1);
    });
  });

  it('is not used where the operator forbids it; its session can still be looked for', async () => {
    const { thing } = await found();
    const forbidden = means({ selfUse: false, session: (await signIn()).facts });
    expect(on.keys.endings(thing, forbidden, await on.connection())).toEqual([]);
    const check = on.keys.check(thing, forbidden, await on.connection());
    expect(check?.steps.every((step) => step.kind === 'call' && step.as === 'session')).toBe(true);
  });
});

it('a session of ours is logged out without consent, and its access token counted down', async () => {
  const { tokens, facts } = await signIn();
  const bare = on.keys.thingOfSession(facts, tokens);
  if (!bare) throw new Error('The session carries nothing');
  const thing = { ...thingOf(bare), session: 's' };
  const ending = endingOf(
    on.keys.endings(thing, means({ session: facts, own: true }), await on.connection()),
    'log-out',
  );
  expect(ending.consent).toBeUndefined();
  expect(ending.endsSessions).toEqual(['s']);
  const [survivor] = ending.survives;
  expect(Number(survivor?.untilMs)).toBeGreaterThan(Date.now());
  const { item } = await on.walk(thing, ending, { secrets: on.keys.secretsOf(bare.kind, tokens) });
  expect(item.finding?.verdict).toBe('dead');
});

describe('an access token that was found', () => {
  const found = async (username = 'alice') => {
    const { tokens } = await signIn(username);
    return recognised(`Authorization: Bearer ${tokens.accessToken}`);
  };

  it('names session, person and end, which are counted down', async () => {
    const { candidate, thing } = await found();
    expect(candidate).toMatchObject({ kind: 'access-token', certainty: 'certain' });
    expect(thing.facts['sid']).toBe(on.server.control.sessions({ username: 'alice' })[0]?.id);
    const [ending] = on.keys.endings(thing, means(), await on.connection());
    expect(Number(ending?.survives[0]?.untilMs)).toBeGreaterThan(Date.now());
  });

  it('ends its own session, with consent', async () => {
    const { candidate, thing } = await found();
    const ending = endingOf(on.keys.endings(thing, means(), await on.connection()), 'end-by-itself');
    expect(ending.consent).toMatch(/that was found/);
    const { told, item } = await on.walk(thing, ending, { secrets: candidate.secrets });
    expect(told).toEqual(['end: accepted', 'probe: dead']);
    expect(item.finding).toMatchObject({ verdict: 'dead', qualifier: 'at the server' });
    expect(open()).toBe(0);
  });

  it('is ended by a session of the same user', async () => {
    const { candidate, thing } = await found();
    const { tokens, facts } = await signIn();
    const given = means({ session: facts });
    const ids = on.keys.endings(thing, given, await on.connection()).map(({ id }) => id);
    expect(ids).toEqual(['end-own', 'end-by-itself', 'wait', 'end-own-untried']);
    const ending = endingOf(on.keys.endings(thing, given, await on.connection()), 'end-own');
    const walked = await on.walk(thing, ending, { secrets: candidate.secrets, sessions: { s: tokens } });
    expect(walked.told).toEqual(['evidence: there', 'end: accepted', 'again: gone', 'probe: dead']);
    expect(open()).toBe(1);
    expect(on.server.control.repeatedDeletes()).toEqual([]);
  });

  it('is ended by an administrator', async () => {
    const { candidate, thing } = await found();
    const { tokens, facts } = await signIn('support');
    const ending = endingOf(
      on.keys.endings(thing, means({ session: facts }), await on.connection()),
      'end-as-administrator',
    );
    const walked = await on.walk(thing, ending, { secrets: candidate.secrets, sessions: { s: tokens } });
    expect(walked.told).toEqual(['evidence: there', 'end: accepted', 'again: gone', 'probe: dead']);
    expect(open()).toBe(0);
  });

  it('is not ended by who may only look: “not yours”, and live', async () => {
    const { candidate, thing } = await found();
    const { tokens, facts } = await signIn('viewer');
    const ending = endingOf(
      on.keys.endings(thing, means({ session: facts }), await on.connection()),
      'end-as-administrator',
    );
    const { item, told } = await on.walk(thing, ending, { secrets: candidate.secrets, sessions: { s: tokens } });
    expect(told).toEqual(['evidence: there', 'end: not-yours', 'again: there', 'probe: live']);
    expect(item.finding).toMatchObject({ verdict: 'live', notYours: true });
  });

  it.each(['end-own', 'end-by-itself'])('is live where a 204 ended nothing: %s', async (id) => {
    on.server.control.configure({ endsNothing: true });
    const { candidate, thing } = await found();
    const { tokens, facts } = await signIn();
    const ending = endingOf(on.keys.endings(thing, means({ session: facts }), await on.connection()), id);
    const { item } = await on.walk(thing, ending, { secrets: candidate.secrets, sessions: { s: tokens } });
    expect(item.finding).toMatchObject({ verdict: 'live', asWanted: false });
  });

  it('whose session was ended meanwhile needs nobody', async () => {
    const { candidate, thing } = await found();
    on.server.control.dropSessions();
    const { tokens, facts } = await signIn();
    const ending = endingOf(on.keys.endings(thing, means({ session: facts }), await on.connection()), 'end-own');
    const walked = await on.walk(thing, ending, { secrets: candidate.secrets, sessions: { s: tokens } });
    expect(walked.told).toEqual(['evidence: gone', 'probe: dead']);
    expect(calls('account-end-session')).toHaveLength(0);
  });

  it('a 401 from something else than the server proves nothing', async () => {
    const { candidate, thing } = await found();
    on.server.control.fault({ operation: 'account-sessions', kind: 'html', status: 401, times: 'always' });
    const check = on.keys.check(thing, means(), await on.connection());
    const walked = check && (await on.walk(thing, check, { secrets: candidate.secrets }));
    expect(walked?.told).toEqual(['probe: unknown']);
  });
});

describe('containment', () => {
  it('finds the person and ends every session', async () => {
    await signIn();
    await signIn();
    const { tokens, facts } = await signIn('support');
    const { containment } = on.keys;
    if (!containment) throw new Error('There is none');
    const params = { token: tokens.accessToken, ...containment.find.params(' alice\n') };
    const people = containment.find.read(await on.ask(containment.find.operation, params));
    expect(people).toMatchObject({ ok: true, value: [{ kind: 'account', name: 'alice' }] });
    const [person] = people.ok ? people.value : [];
    if (!person) return;
    const [ending] = on.keys.endings(thingOf(person), means({ session: facts, secret: false }), await on.connection());
    if (!ending) throw new Error('It cannot be ended');
    const { told, item } = await on.walk(person, ending, { sessions: { s: tokens } });
    expect(told).toEqual(['evidence: there', 'end: accepted', 'again: gone']);
    expect(item.finding).toMatchObject({ verdict: 'dead', qualifier: 'until somebody signs in again' });
    expect(open()).toBe(0);

    on.server.control.configure({ endsNothing: true });
    await signIn();
    expect((await on.walk(person, ending, { sessions: { s: tokens } })).item.finding?.verdict).toBe('live');
  });
});

it('a personal token is guided, and beyond proof', async () => {
  const thing = thingOf({ kind: 'personal-token', id: null, name: 'ci', row: null, facts: {} });
  const [ending] = on.keys.endings(thing, means({ secret: false }), await on.connection());
  expect(ending?.unprovable).toMatch(/nothing here can try one/);
  expect(JSON.stringify(ending?.steps)).toMatch(/Access Management, then Personal Tokens/);
});

it('a compromised password has steps of its own, in their order', async () => {
  const [, guide] = on.keys.routes((await signInThing()).thing, await on.connection());
  expect(guide?.steps[0]).toMatch(/password changed in OCP first/);
  expect(guide?.page?.href).toMatch(/\/realms\/master\/account\/account-security\/device-activity$/);
});

const signInThing = async () => recognised((await signIn()).tokens.accessToken);
