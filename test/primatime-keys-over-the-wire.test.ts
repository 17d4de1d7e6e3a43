/** PrimaTime's keys over real sockets: what is offered, what is sent, and what it takes to be called dead. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../src/lib/random.ts';
import type { SessionFacts } from '../src/providers/ending.ts';
import { fingerprintOf } from '../src/providers/fingerprint.ts';
import type { KeyRow } from '../src/providers/key-row.ts';
import { primatime } from '../src/providers/primatime/index.ts';
import type { Tokens } from '../src/providers/tokens.ts';
import { standIn } from '../stand-ins/primatime/server.ts';
import { demo } from '../stand-ins/primatime/account.ts';
import type { PrimatimeActions } from '../stand-ins/primatime/control.ts';
import { endingOf, means, startKeysRig, thingOf, type KeysRig } from './walk-ending.ts';

const EMAIL = demo.email;
const BEN = 'ben@acme.example';
const page = { offset: 0, limit: 1_000 };
const LEAKED = '00000000-0000-4000-8000-00000000dead';
const session: SessionFacts = { id: 's', way: 'password', identity: { name: EMAIL }, companions: {} };

let on: KeysRig<PrimatimeActions>;
beforeAll(async () => {
  on = await startKeysRig(standIn, primatime);
});
beforeEach(() => on.server.control.reset());
afterAll(() => on.close());

const tokensOf = (email: string = EMAIL): Tokens => {
  const { token, refreshToken } = on.server.control.openSession({ email });
  return { accessToken: token, refreshToken, accessExpiry: { kind: 'unknown' }, facts: [] };
};

async function listed(): Promise<readonly KeyRow[]> {
  const { list } = on.keys;
  const params = list?.params(session, page);
  if (!list || !params) throw new Error('There is no list');
  const read = await list.read(await on.ask(list.operation, { token: tokensOf().accessToken, ...params }), page);
  if (!read.ok) throw new Error(read.failure.sentence);
  return read.value.rows;
}

const keyOf = (email: string, id: string) => on.server.control.keys({ email }).find((key) => key.id === id);

/** A row of the list, its thing, and the ending as its owner. */
async function owned(secret = true) {
  const { id } = on.server.control.addKey({ email: EMAIL, name: 'Leaked', secretKey: LEAKED });
  const row = (await listed()).find((each) => each.id === id);
  if (!row) throw new Error('It is not listed');
  const thing = { ...thingOf(on.keys.thingOfRow(row)), fingerprint: await fingerprintOf(LEAKED) };
  const ending = endingOf(on.keys.endings(thing, means({ session, secret }), await on.connection()), 'delete');
  return { id, thing, ending };
}

/** Somebody else's key, of which no more is known than the string. */
async function found(email = BEN) {
  const { id } = on.server.control.addKey({ email, name: 'Backup', secretKey: LEAKED });
  const [candidate] = on.keys.recognise(`secretKey=${LEAKED}`);
  if (!candidate) throw new Error('It is not recognised');
  const thing = thingOf(on.keys.thingOf(candidate, null));
  const endings = on.keys.endings(thing, means(), await on.connection());
  return { id, thing, secrets: candidate.secrets, ending: endingOf(endings, 'delete-by-itself') };
}

describe('the list', () => {
  it('knows each key by the fingerprint of its secret, and holds no secret and no displayName', async () => {
    const { id } = on.server.control.addKey({ email: EMAIL, name: `Copy of ${LEAKED}`, secretKey: LEAKED });
    const rows = await listed();
    expect(rows.find((row) => row.id === id)).toMatchObject({
      name: 'Copy of •••',
      fingerprint: await fingerprintOf(LEAKED),
      lastUse: 'not-reported',
      scopes: 'not-reported',
      expiresAtMs: 'not-reported',
      facts: { version: '0' },
    });
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${LEAKED}|${demo.secretKey}|displayName`));
    expect(on.server.control.ledger({ operation: 'list-keys' })[0]?.queryNames).toContain('no_expand');
  });

  it('is told page by page', async () => {
    for (let nth = 0; nth < 4; nth += 1) on.server.control.addKey({ email: EMAIL, name: `Key ${String(nth)}` });
    const { list } = on.keys;
    const token = tokensOf().accessToken;
    const ask = async (offset: number) => {
      const part = { offset, limit: 2 };
      return await list?.read(await on.ask('keys', { token, ...list.params(session, part) }), part);
    };
    expect(await ask(0)).toMatchObject({ value: { total: 'not-reported', nextOffset: 2 } });
    expect(await ask(4)).toMatchObject({ value: { rows: [{ name: 'Key 3' }], total: 5, nextOffset: null } });
  });
});

describe('creating', () => {
  const made = async (values: Record<string, string>, id: string) => {
    const face = on.keys.create;
    const request = face?.request(values, { id, nowMs: 0 });
    if (!face || !request?.ok) throw new Error('It cannot be asked for');
    const reply = await on.ask(face.operation, { token: tokensOf().accessToken, ...request.value });
    return face.read(reply, { id });
  };
  const newId = (): string => on.keys.create?.chooseId?.(systemRandom) ?? '';

  it.each([200, 201] as const)('gives the secret once, under the id that was chosen (%i)', async (createdStatus) => {
    on.server.control.configure({ createdStatus });
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const key = await made({ name: ' Backup\n' }, id);
    expect(key).toMatchObject({ ok: true, value: { id, readableAgain: true } });
    expect(keyOf(EMAIL, id)).toMatchObject({ name: 'Backup', secretKey: key.ok && key.value.secret });
  });

  it('finds the key again where the answer was lost, and says that it may exist', async () => {
    const id = newId();
    on.server.control.fault({ operation: 'create-key', kind: 'cut', when: 'after' });
    const before = await listed();
    expect(await made({ name: 'Backup' }, id)).toMatchObject({
      failure: { code: 'key-creation-lost', happened: 'unknown' },
    });
    expect(on.keys.create?.find(await listed(), before, { name: 'Backup' }, id)).toMatchObject([
      { id, name: 'Backup' },
    ]);
    expect(on.keys.create?.find(await listed(), before, { name: 'Backup' }, newId())).toEqual([]);
  });

  it('says that a key without its secret was made', async () => {
    on.server.control.fault({ operation: 'create-key', kind: 'edit', remove: ['secretKey'], when: 'after' });
    expect(await made({ name: 'Backup' }, newId())).toMatchObject({
      failure: { code: 'key-without-secret', happened: 'yes' },
    });
  });

  it.each([{ name: '' }, { name: ' ' }, { name: 'x'.repeat(256) }, { name: 'a\u0000b' }])(
    'sends nothing for %j',
    (values) => {
      expect(on.keys.create?.request(values, { id: 'x', nowMs: 0 })).toMatchObject({ failure: { fault: 'input' } });
    },
  );
});

describe('renaming', () => {
  const renamed = async (row: KeyRow, name: string) => {
    const { rename } = on.keys;
    if (!rename) throw new Error('There is no rename');
    return rename.read(await on.ask(rename.operation, { token: tokensOf().accessToken, ...rename.params(row, name) }));
  };

  it('changes the name, and nothing where somebody else did meanwhile', async () => {
    const [row] = await listed();
    if (!row) throw new Error('Nothing is listed');
    expect(await renamed(row, 'First')).toEqual({ ok: true, value: null });
    expect(await renamed(row, 'Second')).toMatchObject({ failure: { code: 'version-stale', status: 409 } });
    expect(keyOf(EMAIL, row.id)?.name).toBe('First');
  });
});

describe('the end of one’s own key', () => {
  it('is hard, is looked for in list and trash, and is tried', async () => {
    const { id, thing, ending } = await owned();
    const walked = await on.walk(thing, ending, { secrets: { secretKey: LEAKED }, sessions: { s: tokensOf() } });
    expect(walked.told).toEqual([
      'evidence: there',
      'end: accepted',
      'again: gone',
      'again-in-trash: gone',
      'probe: dead',
    ]);
    expect(walked.item.finding).toMatchObject({ verdict: 'dead', asWanted: true });
    expect(walked.item.evidence?.row).toMatchObject({ id, name: 'Leaked' });
    expect(keyOf(EMAIL, id)).toBeUndefined();
    const [call] = on.server.control.ledger({ operation: 'delete-key' });
    expect(call?.queryNames).toContain('hard');
    expect(on.server.control.repeatedDeletes()).toEqual([]);
  });

  it('counts down what may live on: an hour, seven days, and both unknown', async () => {
    const { thing, ending } = await owned();
    expect(ending.survives.map(({ untilMs }) => untilMs)).toEqual(['not-reported', 'not-reported']);
    const startMs = Date.now();
    const { item } = await on.walk(thing, ending, { secrets: { secretKey: LEAKED }, sessions: { s: tokensOf() } });
    const hours = item.finding?.survives.map(({ untilMs }) => Math.round((Number(untilMs) - startMs) / 3_600_000));
    expect(hours).toEqual([1, 168]);
    expect(item.finding?.survives[0]?.words).toContain('not documented');
  });

  it.each([
    ['nothing', 'again: there', 'probe: live'],
    ['trashes', 'again-in-trash: there', 'probe: dead'],
  ] as const)('a 2xx that does “%s” is never called dead', async (hardDelete, ...seen) => {
    on.server.control.configure({ hardDelete });
    const { thing, ending } = await owned();
    const { item, told } = await on.walk(thing, ending, {
      secrets: { secretKey: LEAKED },
      sessions: { s: tokensOf() },
    });
    expect(told).toEqual(expect.arrayContaining(['end: accepted', ...seen]));
    expect(item.finding).toMatchObject({ verdict: 'live', asWanted: false });
    expect(on.server.control.ledger({ operation: 'delete-key' })).toHaveLength(1);
  });

  it('a trashed key that still signs in is live', async () => {
    on.server.control.configure({ hardDelete: 'trashes', trashedKeysSignIn: true });
    const { thing, ending } = await owned();
    const { told } = await on.walk(thing, ending, { secrets: { secretKey: LEAKED }, sessions: { s: tokensOf() } });
    expect(told).toContain('probe: live');
  });

  it('rests on list and trash where the secret is not at hand', async () => {
    const { thing, ending } = await owned(false);
    const { item, told } = await on.walk(thing, ending, { sessions: { s: tokensOf() } });
    expect(told).toEqual(['evidence: there', 'end: accepted', 'again: gone', 'again-in-trash: gone']);
    expect(item.finding?.verdict).toBe('dead');
  });

  it('a lost answer is read before anything is repeated, and no DELETE is sent twice', async () => {
    on.server.control.fault({ operation: 'delete-key', kind: 'cut', when: 'after' });
    const { thing, ending } = await owned();
    const { item } = await on.walk(thing, ending, { secrets: { secretKey: LEAKED }, sessions: { s: tokensOf() } });
    expect(item.finding?.verdict).toBe('dead');
    expect(on.server.control.ledger({ operation: 'delete-key' })).toHaveLength(1);
  });

  it('ends a key that lies in the trash already', async () => {
    const { id } = on.server.control.addKey({ email: EMAIL, secretKey: LEAKED, trashItemId: 'trash-1' });
    const { trash } = on.keys;
    if (!trash) throw new Error('There is no trash');
    const reply = await on.ask(trash.list.operation, {
      token: tokensOf().accessToken,
      ...trash.list.params(session, page),
    });
    const read = await trash.list.read(reply, page);
    const row = read.ok ? read.value.rows[0] : undefined;
    expect(row).toMatchObject({ id, trashId: 'trash-1' });
    if (!row) return;
    const thing = on.keys.thingOfRow(row);
    const ending = endingOf(
      on.keys.endings(thingOf(thing), means({ session, secret: false }), await on.connection()),
      'delete',
    );
    const { item } = await on.walk(thing, ending, { sessions: { s: tokensOf() } });
    expect(item.finding?.verdict).toBe('dead');
    expect(keyOf(EMAIL, id)).toBeUndefined();
  });
});

it('restores a key from the trash', async () => {
  const { id } = on.server.control.addKey({ email: EMAIL, trashItemId: 'trash-2' });
  const { trash } = on.keys;
  const row = { ...(await listed())[0], id, trashId: 'trash-2' } as KeyRow; // the first row's other fields do not matter
  if (!trash) throw new Error('There is no trash');
  const params = { token: tokensOf().accessToken, ...trash.restore.params(row) };
  expect(trash.restore.read(await on.ask(trash.restore.operation, params))).toEqual({ ok: true, value: null });
  expect(keyOf(EMAIL, id)?.trashItemId).toBeNull();
  expect(trash.restore.read(await on.ask(trash.restore.operation, params))).toMatchObject({
    failure: { code: 'key-missing' },
  });
});

describe('a found key', () => {
  it('signs in, deletes itself for good and is refused afterwards', async () => {
    const { id, thing, ending, secrets } = await found();
    expect(ending.consent).toMatch(/makes a token that nothing logs out/);
    const walked = await on.walk(thing, ending, { secrets });
    expect(walked.told).toEqual([
      'open: opened',
      'evidence: there',
      'end: accepted',
      'again: gone',
      'again-in-trash: gone',
      'probe: dead',
    ]);
    expect(walked.item.finding).toMatchObject({ verdict: 'dead', qualifier: null });
    expect(walked.item.finding?.survives).toHaveLength(3);
    expect(keyOf(BEN, id)).toBeUndefined();
    // The refresh token that the sign-in made goes no further, and no secret into marks or evidence.
    expect(Object.keys(walked.secrets).sort()).toEqual(['openedToken', 'secretKey']);
    expect(JSON.stringify(walked.item)).not.toContain(LEAKED);
  });

  it('that is dead already needs nothing more, and names the application key as the other cause', async () => {
    const { id, thing, ending, secrets } = await found();
    const session_ = tokensOf(BEN);
    await on.ask('deleteKey', { token: session_.accessToken, id });
    const { item, told } = await on.walk(thing, ending, { secrets });
    expect(told).toEqual(['open: dead']);
    expect(item.finding?.verdict).toBe('dead');
    expect(item.finding?.qualifier).toContain('application key');
  });

  it('that a 2xx did not delete stays live', async () => {
    on.server.control.configure({ hardDelete: 'nothing' });
    const { thing, ending, secrets } = await found();
    expect((await on.walk(thing, ending, { secrets })).item.finding?.verdict).toBe('live');
  });

  it('is not used on itself where the operator forbids that', async () => {
    const { thing } = await found();
    expect(on.keys.endings(thing, means({ selfUse: false }), await on.connection())).toEqual([]);
    expect(on.keys.check(thing, means({ selfUse: false }), await on.connection())).toBeNull();
    expect(on.keys.routes(thing, await on.connection())[0]?.steps.join(' ')).toMatch(/My profile.*Security/s);
  });

  it('of an account that is shut off is not called dead', async () => {
    on.server.control.putPerson({ email: BEN, active: false });
    const { thing, ending, secrets } = await found();
    expect((await on.walk(thing, ending, { secrets })).item.finding?.verdict).not.toBe('dead');
  });

  it('is checked with one sign-in', async () => {
    const { thing, secrets } = await found();
    const check = on.keys.check(thing, means(), await on.connection());
    if (!check) throw new Error('It cannot be checked');
    expect(check.consent).toMatch(/60 minutes/);
    expect((await on.walk(thing, check, { secrets })).told).toEqual(['probe: live']);
  });
});

describe('a found token', () => {
  it('is watched until it ends by itself: no call ends it', async () => {
    const { accessToken } = tokensOf();
    const [candidate] = on.keys.recognise(`https://x.example/?token=${accessToken}`);
    expect(candidate).toMatchObject({ kind: 'token', certainty: 'likely' });
    if (!candidate) return;
    const thing = on.keys.thingOf(candidate, null);
    const ending = endingOf(on.keys.endings(thingOf(thing), means(), await on.connection()), 'wait');
    let calls = 0;
    const before = () => {
      calls += 1;
      if (calls === 3) on.server.control.expire({ tokens: true });
    };
    const { told, item } = await on.walk(thing, ending, { secrets: candidate.secrets, before });
    expect(told).toEqual(['probe: live', 'probe: live', 'probe: dead']);
    expect(item.finding?.verdict).toBe('dead');
  });

  it('that refreshes is used up, and what comes back is dropped', async () => {
    const { refreshToken = '' } = tokensOf();
    const [candidate] = on.keys.recognise(`{"refreshToken":"${refreshToken}"}`);
    if (!candidate) throw new Error('It is not recognised');
    const thing = on.keys.thingOf(candidate, null);
    const ending = endingOf(on.keys.endings(thingOf(thing), means(), await on.connection()), 'spend');
    const given = { secrets: candidate.secrets };
    const walked = await on.walk(thing, ending, given);
    expect(walked.told).toEqual(['end: accepted', 'probe: dead']);
    expect(Object.keys(walked.secrets)).toEqual(['refreshToken']);
    expect(on.keys.check(thingOf(thing), means(), await on.connection())).toBeNull();

    on.server.control.reset();
    on.server.control.configure({ refreshTokensWorkOnce: false });
    const again = { secrets: { refreshToken: tokensOf().refreshToken ?? '' } };
    expect((await on.walk(thing, ending, again)).item.finding).toMatchObject({ verdict: 'live', asWanted: false });
  });
});

describe('rotating', () => {
  const moved = async (how: string) => {
    const { id, thing } = await owned();
    const moves = on.keys.moves?.(thing, means({ session }), await on.connection(), { name: 'Backup' }) ?? [];
    return { id, thing, ending: endingOf(moves, how) };
  };
  const secrets = { secretKey: LEAKED };
  const made = () => on.server.control.keys({ email: EMAIL }).find(({ name }) => name === 'Backup');

  it('makes the new one, waits for a person, then ends the old one', async () => {
    const { id, thing, ending } = await moved('rotate');
    let before: unknown;
    const person = () => (before = [made()?.id, keyOf(EMAIL, id)?.id]);
    const { told, item } = await on.walk(thing, ending, { secrets, sessions: { s: tokensOf() }, person });
    expect(told.slice(0, 4)).toEqual(['evidence: there', 'create: made', 'copied: done', 'end: accepted']);
    expect(before).toEqual([made()?.id, id]);
    expect(item.finding?.verdict).toBe('dead');
    expect(keyOf(EMAIL, id)).toBeUndefined();
    expect(JSON.stringify(item)).not.toContain(made()?.secretKey);
  });

  it('ends the old one first where it is compromised', async () => {
    const { thing, ending } = await moved('replace-now');
    const { told, item } = await on.walk(thing, ending, { secrets, sessions: { s: tokensOf() } });
    expect(told).toEqual([
      ...['evidence: there', 'end: accepted', 'again: gone', 'again-in-trash: gone', 'probe: dead'],
      ...['create: made', 'copied: done'],
    ]);
    expect(item.finding?.verdict).toBe('dead');
  });

  it('touches nothing where the answer was lost and the new one turns out to exist', async () => {
    const { id, thing, ending } = await moved('rotate');
    on.server.control.fault({ operation: 'create-key', kind: 'cut', when: 'after' });
    const { told } = await on.walk(thing, ending, { secrets, sessions: { s: tokensOf() } });
    expect(told).toEqual(['evidence: there', 'create: lost', 'find: made']);
    expect(keyOf(EMAIL, id)).toBeDefined();
    expect(on.server.control.ledger({ operation: 'create-key' })).toHaveLength(1);
  });
});
