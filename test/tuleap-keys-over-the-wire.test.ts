/** Ending things at Tuleap and proving it, through the real gateway, against the stand-in. */
import { describe, expect, it } from 'vitest';
import { callAs } from '../src/refresh/call-as.ts';
import { factsOf } from '../src/revocation/create-item.ts';
import { keptWords, usedByWords } from '../src/revocation/evidence-when.ts';
import type { JobRecord } from '../src/revocation/job.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import type { TuleapActions } from '../stand-ins/tuleap/control.ts';
import { standIn } from '../stand-ins/tuleap/server.ts';
import { demo } from '../stand-ins/tuleap/world.ts';
import { valueOf, type HeadlessConsole } from './headless-console.ts';
import { useJobs } from './jobs-in-each-test.ts';
import { onlyItem, type JobRig } from './jobs-over-the-wire.ts';

let rig: HeadlessConsole<TuleapActions>;
let jobs: JobRig;
let alice: SessionRecord;

useJobs(standIn, async (console_, started) => {
  [rig, jobs] = [console_, started];
  alice = await rig.open('access-key', { accessKey: demo.aliceKey });
});

const password = (name: string): Promise<SessionRecord> =>
  rig.open('password', { username: name, password: `${name}-demo-password` });

function addKey(username: string, description = 'ci-deploy', more: object = {}) {
  const { identifier } = rig.server.control.addKey({ username, description, ...more });
  const [candidate] = jobs.keys.recognise(identifier);
  if (!candidate) throw new Error('It is a key');
  return { identifier, id: candidate.id ?? '', thing: jobs.keys.thingOf(candidate, null), secrets: candidate.secrets };
}

const deletes = () => rig.server.control.ledger({ method: 'DELETE' });
const exists = (username: string, id: string) =>
  rig.server.control.keys({ username }).some((key) => String(key.id) === id);
const findingOf = (job: JobRecord) => onlyItem(job).finding;

describe('an own key', () => {
  it('is deleted, read again and tried: proven dead, with the evidence of before', async () => {
    const key = addKey('alice', 'ci-deploy', { lastUsedAt: 1_700_000_000, lastUsedBy: '203.0.113.9' });
    const item = await jobs.wish({ thing: key.thing, session: alice, secret: key.identifier });
    const job = await jobs.run([item], { [item.id]: key.secrets });
    expect(findingOf(job)).toMatchObject({
      verdict: 'dead',
      asWanted: true,
      words: '401, the key itself was refused',
      qualifier: null,
    });
    expect(onlyItem(job).marks.map(({ stage, says }) => [stage, says])).toEqual([
      ['evidence', 'there'],
      ['end', 'accepted'],
      ['again', 'gone'],
      ['probe', 'dead'],
    ]);
    expect(onlyItem(job).evidence?.row).toMatchObject({
      name: 'ci-deploy',
      lastUse: { atMs: 1_700_000_000_000, from: '203.0.113.9' },
      expiresAtMs: 'never',
    });
    expect(exists('alice', key.id)).toBe(false);
    expect(deletes()).toHaveLength(1);
  });

  it('is proven by its row alone where its secret is not at hand', async () => {
    const key = addKey('alice');
    const job = await jobs.run([await jobs.wish({ thing: key.thing, session: alice })]);
    expect(findingOf(job)).toMatchObject({ verdict: 'dead', words: '404, the row is gone' });
  });

  it('200 but the row is still there: not proven, and it stays', async () => {
    const key = addKey('alice');
    rig.server.control.fault({ operation: 'delete-key', kind: 'reply', status: 200, body: '', times: 'always' });
    const item = await jobs.wish({ thing: key.thing, session: alice, secret: key.identifier });
    const job = await jobs.run([item], { [item.id]: key.secrets });
    expect(findingOf(job)).toMatchObject({ verdict: 'live', asWanted: false });
    expect(onlyItem(job).marks.find(({ stage }) => stage === 'end')).toMatchObject({ says: 'accepted' });
    expect(exists('alice', key.id)).toBe(true);
    // The evidence is of before, whatever the probe has rewritten since.
    expect(onlyItem(job).evidence?.row?.lastUse).toBe('never');
    // A person may have it ended again, because something said that it is there.
    rig.server.control.clearFaults();
    await jobs.runner.send(job.id, { type: 'repeat', item: item.id, nowMs: rig.hands.nowMs() });
    expect(findingOf(await jobs.rested(job.id))).toMatchObject({ verdict: 'dead' });
  });

  it('answer lost after DELETE: unknown, read again before any repeat, and not repeated where it is gone', async () => {
    const key = addKey('alice');
    rig.server.control.fault({ operation: 'delete-key', kind: 'reset', when: 'after' });
    const job = await jobs.run([await jobs.wish({ thing: key.thing, session: alice })]);
    expect(onlyItem(job).marks.map(({ stage, says }) => [stage, says])).toEqual([
      ['evidence', 'there'],
      ['end', 'lost'],
      ['again', 'gone'],
    ]);
    expect(findingOf(job)).toMatchObject({ verdict: 'dead' });
    expect(deletes()).toHaveLength(1);
  });

  it('answer lost before it was done: read again, seen alive, and only then sent once more', async () => {
    const key = addKey('alice');
    rig.server.control.fault({ operation: 'delete-key', kind: 'reset' });
    const job = await jobs.run([await jobs.wish({ thing: key.thing, session: alice })]);
    expect(onlyItem(job).marks.map(({ stage, says }) => [stage, says])).toEqual([
      ['evidence', 'there'],
      ['end', 'lost'],
      ['again', 'there'],
      ['end', 'accepted'],
      ['again', 'gone'],
    ]);
    expect(deletes().map(({ processed }) => processed)).toEqual([false, true]);
  });

  it('of Git alone is not tried over REST, where every answer would be no', async () => {
    const key = addKey('alice', 'clone', { scopes: ['write:git_repository'] });
    const item = await jobs.wish({ thing: key.thing, session: alice, secret: key.identifier });
    const job = await jobs.run([item], { [item.id]: key.secrets });
    expect(onlyItem(job).marks.at(-1)).toMatchObject({ stage: 'probe', says: 'skipped' });
    expect(findingOf(job)).toMatchObject({ verdict: 'dead', words: '404, the row is gone' });
  });

  it('that the console itself uses goes last, is tried with itself, and its session ends here', async () => {
    const other = addKey('alice', 'other');
    const own = jobs.keys.thingOfSession(
      factsOf(alice),
      alice.tokens ?? { accessToken: '', accessExpiry: { kind: 'unknown' }, facts: [] },
    );
    if (!own) throw new Error('A key is a thing');
    const first = await jobs.wish({ id: 'own', thing: own, session: alice, of: alice });
    const second = await jobs.wish({ id: 'other', thing: other.thing, session: alice });
    const job = await jobs.run([first, second]);
    expect(job.items.map(({ finding }) => finding?.verdict)).toEqual(['dead', 'dead']);
    expect(deletes().map(({ path }) => path)).toEqual([`/api/access_keys/${other.id}`, '/api/access_keys/1']);
    await expect.poll(async () => (await rig.hands.repository.get(alice.id))?.ended?.how).toBe('logged-out');
    // A secret of a session is read there, and copied nowhere.
    expect(JSON.stringify(await jobs.jobs.get(job.id))).not.toContain('0badc0de');
  });
});

describe('a string with the number of a key and not its secret', () => {
  const badCopy = async (session?: SessionRecord) => {
    const { identifier, thing } = addKey('alice');
    const accessKey = identifier.replace(/.{4}$/, (end) => (end === '0000' ? '1111' : '0000'));
    const item = await jobs.wish({ thing, secret: accessKey, how: 'check', ...(session && { session }) });
    return findingOf(await jobs.run([item], { [item.id]: { accessKey } }));
  };

  it('proves nothing of the key: it stands in its owner’s list', async () => {
    expect(await badCopy(alice)).toMatchObject({
      verdict: 'unknown',
      words: expect.stringMatching(/^401, what was found is not/) as unknown,
    });
  });

  it('is refused, where no list can be read, only as far as it is whole', async () => {
    expect(await badCopy()).toMatchObject({ verdict: 'dead', qualifier: 'over REST, if what was found is whole' });
  });
});

describe('the words of the evidence', () => {
  const use = { lastUsedAt: 1_700_000_000, lastUsedBy: '203.0.113.9' };
  const wordsOf = (job: JobRecord) => {
    const item = onlyItem(job);
    return `${keptWords(item, String)}${usedByWords(item)}`;
  };

  it('are of before where its owner’s list was read first, whichever way it is ended', async () => {
    for (const how of ['as-owner', 'by-itself']) {
      const key = addKey('alice', 'ci-deploy', use);
      const item = await jobs.wish({ thing: key.thing, session: alice, secret: key.identifier, how });
      const job = await jobs.run([item], { [item.id]: key.secrets });
      expect(onlyItem(job).evidence?.row?.lastUse).toEqual({ atMs: 1_700_000_000_000, from: '203.0.113.9' });
      expect(wordsOf(job)).toBe('before anything was touched');
    }
  });

  it('say that the last use is the console’s own where the key had to tell of itself, which is said before', async () => {
    const means = { session: factsOf(alice), secret: true, own: false, selfUse: true };
    for (const how of ['as-owner', 'by-itself']) {
      const key = addKey('bob', 'ci-deploy', use);
      const thing = { ...key.thing, fingerprint: null, session: null, minted: [] };
      const offered = jobs.keys.endings(thing, means, await rig.connection()).find(({ id }) => id === how);
      expect(offered?.consent).toContain('its last use before that cannot be kept');
      const item = await jobs.wish({ thing: key.thing, session: alice, secret: key.identifier, how });
      const job = await jobs.run([item], { [item.id]: key.secrets });
      expect(wordsOf(job)).toBe('by using it from here: the last use is this console’s own, by this console');
    }
  });

  it('say that the console itself uses the key', async () => {
    const own = alice.tokens && jobs.keys.thingOfSession(factsOf(alice), alice.tokens);
    const job = await jobs.run([await jobs.wish({ thing: own ?? never(), session: alice, of: alice })]);
    expect(wordsOf(job)).toMatch(/^while this console uses it/);
  });
});

describe('what the operator forbids to use on itself', () => {
  const calls = () => rig.server.control.ledger().map(({ operation }) => operation);

  it('is deleted by its owner and read again, and never tried: the verdict says that it rests on the row', async () => {
    const key = addKey('alice', 'ci-deploy', { lastUsedAt: 1_700_000_000, lastUsedBy: '203.0.113.9' });
    rig.server.control.clearLedger();
    const item = await jobs.wish({ thing: key.thing, session: alice, secret: key.identifier, selfUse: false });
    const job = await jobs.run([item], { [item.id]: key.secrets });
    expect(findingOf(job)).toMatchObject({
      verdict: 'dead',
      words: '404, the row is gone',
      qualifier: 'by its row alone',
    });
    expect(calls()).toEqual(['read-key', 'delete-key', 'read-key']);
  });

  it('of somebody else is left alone: neither live nor dead is said of it', async () => {
    const key = addKey('bob', 'ci-deploy', { lastUsedAt: 1_700_000_000, lastUsedBy: '203.0.113.9' });
    rig.server.control.clearLedger();
    const item = await jobs.wish({ thing: key.thing, session: alice, secret: key.identifier, selfUse: false });
    const job = await jobs.run([item], { [item.id]: key.secrets });
    expect(findingOf(job)).toMatchObject({ verdict: 'unknown', asWanted: false });
    expect(calls()).toEqual(['read-key']);
  });

  it('is ended untried also where the operator allows it and a person does not', async () => {
    const key = addKey('alice');
    rig.server.control.clearLedger();
    const how = { how: 'as-owner-untried', consented: false };
    const item = await jobs.wish({ thing: key.thing, session: alice, secret: key.identifier, ...how });
    const job = await jobs.run([item], { [item.id]: key.secrets });
    expect(findingOf(job)).toMatchObject({ verdict: 'dead', qualifier: 'by its row alone' });
    expect(calls()).toEqual(['read-key', 'delete-key', 'read-key']);
  });
});

describe('401 in the middle', () => {
  it('pauses for the same person to sign in, and goes on at the same step by itself', async () => {
    const key = addKey('alice');
    const session = await password('alice');
    const item = await jobs.wish({ thing: key.thing, session });
    rig.server.control.fault({ operation: 'delete-key', kind: 'latency', ms: 1 });
    rig.server.control.fault({
      operation: 'delete-key',
      kind: 'reply',
      status: 401,
      body: '{"error":{"code":401,"message":"Unauthorized: Invalid Token"}}',
      headers: { 'content-type': 'application/json' },
    });
    await rig.hands.repository.remove(alice.id);
    const job = await jobs.run([item]);
    expect(onlyItem(job).state).toMatchObject({ is: 'paused', for: 'sign-in', step: 'delete' });
    // Somebody else changes nothing: their 404 would prove nothing.
    await password('bob');
    expect(onlyItem(await jobs.rested(job.id)).state.is).toBe('paused');
    await password('alice');
    const done = await jobs.until(job.id, (one) => onlyItem(one).state.is === 'settled');
    expect(findingOf(done)).toMatchObject({ verdict: 'dead' });
    expect(onlyItem(done).marks.map(({ stage }) => stage)).toEqual(['evidence', 'end', 'again']);
  });
});

describe('a key of somebody else', () => {
  it('is not yours: nothing is sent that would only look like an ending', async () => {
    const key = addKey('bob');
    const item = await jobs.wish({ thing: key.thing, session: alice, secret: key.identifier });
    const job = await jobs.run([item], { [item.id]: key.secrets });
    expect(onlyItem(job).marks.map(({ stage, says }) => [stage, says])).toEqual([
      ['evidence', 'gone'],
      ['probe', 'live'],
    ]);
    expect(findingOf(job)).toMatchObject({ verdict: 'live', asWanted: false });
    expect(deletes()).toHaveLength(0);
  });

  it('deletes itself, with consent alone', async () => {
    const key = addKey('bob');
    const wish = { thing: key.thing, secret: key.identifier, how: 'by-itself' };
    await expect(jobs.wish({ ...wish, consented: false })).rejects.toThrow(/consent/);
    const item = await jobs.wish(wish);
    const job = await jobs.run([item], { [item.id]: key.secrets });
    expect(findingOf(job)).toMatchObject({ verdict: 'dead', qualifier: null });
    expect(exists('bob', key.id)).toBe(false);
  });

  it('is dead over REST, and no more, where it never had that scope', async () => {
    const key = addKey('bob', 'clone', { scopes: ['write:git_repository'] });
    const item = await jobs.wish({ thing: key.thing, secret: key.identifier, how: 'by-itself' });
    const job = await jobs.run([item], { [item.id]: key.secrets });
    expect(findingOf(job)).toMatchObject({ verdict: 'dead', qualifier: 'over REST' });
    expect(deletes()).toHaveLength(0);
    expect(exists('bob', key.id)).toBe(true);
  });
});

describe('what else opens an account', () => {
  it('a deprecated token is deleted and proven dead', async () => {
    const session = await password('alice');
    const thing = jobs.keys.thingOfSession(factsOf(session), session.tokens ?? never());
    const job = await jobs.run([await jobs.wish({ thing: thing ?? never(), of: session, session })]);
    expect(findingOf(job)).toMatchObject({ verdict: 'dead', words: '401, the token itself was refused' });
  });

  it('an OAuth2 access of another application is live after the 200, and that is said', async () => {
    rig.server.control.putApp({ name: 'Other', redirectUri: 'https://other.example/callback' });
    const { accessToken } = rig.server.control.openGrant({ username: 'bob' });
    const [candidate] = jobs.keys.recognise(`Authorization: Bearer ${accessToken}`);
    const found = candidate ?? never();
    const wish = { thing: jobs.keys.thingOf(found, null), secret: found.secret };
    const item = await jobs.wish(wish);
    rig.server.control.fault({ operation: 'revoke', kind: 'reply', status: 200, body: '' });
    expect(findingOf(await jobs.run([item], { [item.id]: found.secrets }))).toMatchObject({ verdict: 'live' });
    const again = await jobs.wish(wish);
    expect(findingOf(await jobs.run([again], { [again.id]: found.secrets }))).toMatchObject({ verdict: 'dead' });
    expect(rig.server.control.grants().filter(({ accessTokens }) => accessTokens > 0)).toEqual([]);
  });
});

describe('containment', () => {
  const account = async (as: SessionRecord, name: string) => {
    const { find } = jobs.keys.containment ?? never();
    const reply = valueOf(await callAs(rig.hands, as.id, find.operation, find.params(name)));
    return valueOf(find.read(reply))[0] ?? never();
  };

  it('suspends an account and lets it in again, each read again before it counts', async () => {
    const admin = await rig.open('access-key', { accessKey: demo.adminKey });
    const thing = await account(admin, 'bob');
    const key = addKey('bob');
    const job = await jobs.run([await jobs.wish({ thing, session: admin, how: 'suspend' })]);
    expect(findingOf(job)).toMatchObject({
      verdict: 'dead',
      asWanted: true,
      qualifier: 'while the account is suspended',
    });
    const check = await jobs.wish({ thing: key.thing, secret: key.identifier, how: 'check' });
    expect(findingOf(await jobs.run([check], { [check.id]: key.secrets }))).toMatchObject({
      verdict: 'dead',
      qualifier: 'while the account is barred',
    });
    const back = await jobs.run([await jobs.wish({ thing: onlyItem(job).thing, session: admin, how: 'let-in-A' })]);
    expect(findingOf(back)).toMatchObject({ verdict: 'live', asWanted: true });
  });

  it('403: not yours, and the account is as it was', async () => {
    const thing = await account(alice, 'bob');
    const job = await jobs.run([await jobs.wish({ thing, session: alice, how: 'suspend' })]);
    expect(findingOf(job)).toMatchObject({ verdict: 'live', notYours: true });
  });
});

function never(): never {
  throw new Error('It should be there');
}
