import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { runs, RUNS_TIMEOUT_MS } from '../../test/simulation/runs.ts';
import { systemRandom } from '../lib/random.ts';
import { openDatabase, type VaultDatabase } from './database.ts';
import { createSealedTable } from './sealed-table.ts';
import type { PasskeyPort } from './passkey.ts';
import { loadHeader } from './header-store.ts';
import { addPasskey, changePassphrase, createVault, removePasskey } from './change-vault.ts';
import { unlockVault, type VaultPorts } from './vault.ts';
import type { Reopening } from './reopening.ts';
import type { VaultKeys } from './keys.ts';

const PASSPHRASE = 'obviously false words for a test';
const never = (): never => {
  throw new Error('No such event belongs to this test');
};

let ports: VaultPorts & { readonly passkeys: ReturnType<typeof authenticator> };
let database: Promise<VaultDatabase>;

/** An authenticator whose PRF gives a fixed value a credential, as a hardware key does. */
function authenticator(): PasskeyPort & { present: boolean; steady: boolean } {
  const outputs = new Map<string, CryptoKey>();
  const newKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return {
    present: true,
    steady: true,
    async enrol() {
      if (!this.present) return 'cancelled';
      const credential = `credential-${outputs.size}`;
      const key = await newKey();
      outputs.set(credential, key);
      return { params: { credential, input: 'AAAA', host: 'localhost' }, key };
    },
    async open(methods) {
      const method = this.present ? methods.find(({ params }) => outputs.has(params.credential)) : undefined;
      const key = method && (this.steady ? outputs.get(method.params.credential) : await newKey());
      return method && key ? { methodId: method.id, key } : 'cancelled';
    },
  };
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  database = openDatabase({ onSuperseded: never, onLost: never });
  ports = { connection: connection(), random: systemRandom, passkeys: authenticator(), nowMs: () => 1_700_000_000_000 };
});

const connection = (): Pick<Reopening, 'run'> => ({ run: async (work) => work(await database) });

async function created(): Promise<VaultKeys> {
  const made = await createVault(ports, PASSPHRASE);
  if (!made.ok) throw new Error(made.failure);
  return made.value;
}

async function edit(
  change: (copy: { text: string; sha256: string }) => unknown,
  copies: readonly ('a' | 'b')[],
): Promise<void> {
  const opened = await database;
  for (const copy of copies) {
    const stored = await opened.get('headers', copy);
    if (stored) await opened.put('headers', change(stored) as typeof stored, copy); // damage on purpose
  }
}

/** As somebody who can write to the disk would: with a checksum that fits. */
async function forge(change: (header: string) => string): Promise<void> {
  const [stored] = await (await database).getAll('headers');
  const text = change(stored?.text ?? '');
  expect(text).not.toBe(stored?.text);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  await edit(() => ({ text, sha256: Buffer.from(digest).toString('base64url') }), ['a', 'b']);
}

describe('a vault', () => {
  test('opens with its passphrase and no other', async () => {
    const keys = await created();
    const again = await unlockVault(ports, { kind: 'passphrase', passphrase: PASSPHRASE });
    expect(again.ok && again.value.vaultId).toBe(keys.vaultId);
    expect(await unlockVault(ports, { kind: 'passphrase', passphrase: `${PASSPHRASE}!` })).toEqual({
      ok: false,
      failure: 'wrong',
    });
  });

  test('opens with the same passphrase typed in another Unicode form', async () => {
    await createVault(ports, 'caf\u00e9 and nothing but false words');
    const opened = await unlockVault(ports, {
      kind: 'passphrase',
      passphrase: 'cafe\u0301 and nothing but false words',
    });
    expect(opened.ok).toBe(true);
  });

  test('is not made twice over the first one', async () => {
    await created();
    expect(await createVault(ports, PASSPHRASE)).toEqual({ ok: false, failure: 'exists' });
  });

  test('falls back to the second copy of its header, and mends the first', async () => {
    await created();
    await edit(({ text, sha256 }) => ({ text: text.slice(0, -5), sha256 }), ['a']);
    expect((await unlockVault(ports, { kind: 'passphrase', passphrase: PASSPHRASE })).ok).toBe(true);
    expect(await loadHeader(ports.connection)).toMatchObject({ kind: 'good', mend: false });
  });

  test('tells a header of a later version from a damaged one, and writes nothing over it', async () => {
    await created();
    await forge((header) => header.replace('"format":1', '"format":2'));
    const before = await (await database).getAll('headers');
    const opener = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
    expect(await unlockVault(ports, opener)).toEqual({ ok: false, failure: 'newer' });
    expect(await changePassphrase(ports, PASSPHRASE, 'other false words')).toEqual({ ok: false, failure: 'newer' });
    expect(await (await database).getAll('headers')).toEqual(before);
  });

  test('takes sealed rows without a header for damaged, and makes no new vault over them', async () => {
    const keys = await created();
    const table = createSealedTable({ connection: connection(), keys, random: systemRandom }, 'sessions', read);
    await table.insert({ id: 'a', generation: 0, revision: 0, secret: 'canary' });
    await (await database).clear('headers');
    const opener = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
    expect(await unlockVault(ports, opener)).toEqual({ ok: false, failure: 'damaged' });
    expect(await createVault(ports, PASSPHRASE)).toEqual({ ok: false, failure: 'exists' });
    await (await database).clear('rows');
    expect(await unlockVault(ports, opener)).toEqual({ ok: false, failure: 'none' });
  });

  test('passes over ways of opening that a later version has added, and keeps them through a change', async () => {
    const keys = await created();
    const added = '{"type":"smart-card","id":"m","params":{"slot":3}}';
    await forge((header) => header.replace('"methods":[', `"methods":[${added},`));
    const opener = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
    expect(await unlockVault(ports, opener)).toEqual({ ok: true, value: keys });
    expect(await changePassphrase(ports, PASSPHRASE, 'other false words')).toEqual({ ok: true, value: null });
    const texts = (await (await database).getAll('headers')).map(({ text }) => text);
    for (const text of texts) expect(text).toContain(added);
    await forge((header) => header.replace(/"methods":\[.*\]/, `"methods":[${added}]`));
    expect(await unlockVault(ports, opener)).toEqual({ ok: false, failure: 'newer' });
  });

  test('tells a damaged header from a wrong passphrase', async () => {
    await created();
    await edit(({ text }) => ({ text, sha256: 'not-the-checksum' }), ['a', 'b']);
    expect(await unlockVault(ports, { kind: 'passphrase', passphrase: PASSPHRASE })).toEqual({
      ok: false,
      failure: 'damaged',
    });
  });

  test('does not open with parameters that somebody changed within bounds', async () => {
    await created();
    await forge((header) => header.replace('1200000', '600001'));
    expect(await unlockVault(ports, { kind: 'passphrase', passphrase: PASSPHRASE })).toEqual({
      ok: false,
      failure: 'wrong',
    });
  });

  test('after a change opens with the new passphrase alone, and its records stay readable', async () => {
    const keys = await created();
    const table = createSealedTable({ connection: connection(), keys, random: systemRandom }, 'sessions', read);
    await table.insert({ id: 'a', generation: 0, revision: 0, secret: 'canary' });
    expect((await changePassphrase(ports, PASSPHRASE, 'another row of false words')).ok).toBe(true);
    expect(await unlockVault(ports, { kind: 'passphrase', passphrase: PASSPHRASE })).toEqual({
      ok: false,
      failure: 'wrong',
    });
    const opened = await unlockVault(ports, { kind: 'passphrase', passphrase: 'another row of false words' });
    if (!opened.ok) throw new Error(opened.failure);
    const reopened = createSealedTable(
      { connection: connection(), keys: opened.value, random: systemRandom },
      'sessions',
      read,
    );
    expect((await reopened.get('a'))?.secret).toBe('canary');
  });

  test('opens with a passkey as well, until that is removed', async () => {
    await created();
    expect((await addPasskey(ports, PASSPHRASE)).ok).toBe(true);
    expect((await unlockVault(ports, { kind: 'passkey' })).ok).toBe(true);
    const header = await loadHeader(ports.connection);
    const passkey = header.kind === 'good' ? header.header.methods.find(({ type }) => type === 'passkey') : undefined;
    await removePasskey(ports, passkey?.id ?? '');
    expect(await unlockVault(ports, { kind: 'passkey' })).toEqual({ ok: false, failure: 'cancelled' });
    expect((await unlockVault(ports, { kind: 'passphrase', passphrase: PASSPHRASE })).ok).toBe(true);
  });

  test('takes no passkey that gives another value the next time', async () => {
    await created();
    ports.passkeys.steady = false;
    expect(await addPasskey(ports, PASSPHRASE)).toEqual({ ok: false, failure: 'no-prf' });
    expect(await loadHeader(ports.connection)).toMatchObject({
      header: { version: 1, methods: [{ type: 'passphrase' }] },
    });
  });

  test('is as it was where the person cancels', async () => {
    await created();
    ports.passkeys.present = false;
    expect(await addPasskey(ports, PASSPHRASE)).toEqual({ ok: false, failure: 'cancelled' });
    expect((await unlockVault(ports, { kind: 'passphrase', passphrase: PASSPHRASE })).ok).toBe(true);
  });

  test('of two tabs that change it at once, one is told and loses nothing of the other', async () => {
    await created();
    const changes = [
      changePassphrase(ports, PASSPHRASE, 'the words of the first tab'),
      changePassphrase(ports, PASSPHRASE, 'the words of the second tab'),
    ];
    const [first, second] = await Promise.all(changes);
    expect([first, second].filter((done) => done?.ok)).toHaveLength(1);
    expect([first, second]).toContainEqual({ ok: false, failure: 'moved' });
    const passphrase = first?.ok ? 'the words of the first tab' : 'the words of the second tab';
    expect((await unlockVault(ports, { kind: 'passphrase', passphrase })).ok).toBe(true);
  });

  test('of two tabs that make one at once, one is told that it exists', async () => {
    const made = await Promise.all([createVault(ports, PASSPHRASE), createVault(ports, 'the words of the second tab')]);
    expect(made.filter(({ ok }) => ok)).toHaveLength(1);
    expect(made).toContainEqual({ ok: false, failure: 'exists' });
  });

  test('takes the newer one of two whole headers that differ', async () => {
    await created();
    const older = await (await database).get('headers', 'a');
    await changePassphrase(ports, PASSPHRASE, 'another row of false words');
    await edit(() => older, ['a']);
    expect(await unlockVault(ports, { kind: 'passphrase', passphrase: PASSPHRASE })).toEqual({
      ok: false,
      failure: 'wrong',
    });
    expect((await unlockVault(ports, { kind: 'passphrase', passphrase: 'another row of false words' })).ok).toBe(true);
  });

  test.each([599_999, 10_000_001, 700_000.5, '1200000'])(
    'takes a header with %s iterations for damaged',
    async (iterations) => {
      await created();
      await forge((header) => header.replace('"iterations":1200000', `"iterations":${JSON.stringify(iterations)}`));
      expect(await unlockVault(ports, { kind: 'passphrase', passphrase: PASSPHRASE })).toEqual({
        ok: false,
        failure: 'damaged',
      });
    },
  );

  test('never gives up its passphrase method', async () => {
    await created();
    const header = await loadHeader(ports.connection);
    await removePasskey(ports, header.kind === 'good' ? (header.header.methods[0]?.id ?? '') : '');
    expect((await unlockVault(ports, { kind: 'passphrase', passphrase: PASSPHRASE })).ok).toBe(true);
  });

  test('hands out keys that cannot be exported', async () => {
    const keys = await created();
    await expect(crypto.subtle.exportKey('raw', keys.record)).rejects.toThrow();
  });
});

interface Sample {
  id: string;
  generation: number;
  revision: number;
  secret: string;
}
const read = (value: unknown): Sample | undefined => value as Sample | undefined; // what the cipher let through was sealed by us
const sample = (id: string, differs: Partial<Sample> = {}): Sample => ({
  id,
  generation: 0,
  revision: 0,
  secret: `canary-${id}`,
  ...differs,
});

describe('sealed records', () => {
  async function tableOf() {
    return createSealedTable(
      { connection: connection(), keys: await created(), random: systemRandom },
      'sessions',
      read,
    );
  }

  const damage = fc.oneof(
    fc.record({ what: fc.constant('a flipped bit' as const), share: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
    fc.record({ what: fc.constant('cut short' as const), share: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
    fc.record({
      what: fc.constantFrom('generation', 'revision', 'another vector', 'another’s'),
      share: fc.constant(0),
    }),
  );

  const damaged = <Row extends { ct: Uint8Array; iv: Uint8Array; generation: number; revision: number }>(
    row: Row,
    other: Row,
    { what, share }: typeof damage extends fc.Arbitrary<infer Damage> ? Damage : never,
  ): Row => {
    const at = Math.floor(share * row.ct.length);
    switch (what) {
      case 'a flipped bit':
        return { ...row, ct: row.ct.map((byte, place) => (place === at ? byte ^ (1 << (place % 8)) : byte)) };
      case 'cut short':
        return { ...row, ct: row.ct.slice(0, at) };
      case 'generation':
      case 'revision':
        return { ...row, [what]: row[what] + 1 };
      case 'another vector':
        return { ...row, iv: row.iv.map((byte) => byte ^ 255) };
      case 'another’s':
        return { ...row, iv: other.iv, ct: other.ct };
    }
  };

  test(
    'I26 DamageIsolated: whatever happens to one record, it is set aside, and every other is read and written',
    { timeout: RUNS_TIMEOUT_MS },
    async () => {
      const table = await tableOf();
      const ids = ['a', 'b', 'c'];
      for (const id of ids) await table.insert(sample(id));
      const opened = await database;
      const rowOf = async (id: string) => {
        const row = await opened.get('rows', ['sessions', id]);
        if (!row) throw new Error(`Row ${id} was stored`);
        return row;
      };
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(ids, { minLength: 2, maxLength: 2 }), damage, async (picked, how) => {
          const [hit = '', other = ''] = picked;
          const whole = await rowOf(hit);
          await opened.put('rows', damaged(whole, await rowOf(other), how));
          const found = await table.all();
          expect(found.damaged).toEqual([hit]);
          expect(found.records.map(({ id }) => id)).toEqual(ids.filter((id) => id !== hit));
          expect(await table.get(hit)).toBeUndefined();
          const record = await table.get(other);
          if (!record) throw new Error(`${other} is not damaged`);
          expect(await table.replace({ ...record, revision: record.revision + 1 }, record.revision)).toBe(true);
          await opened.put('rows', whole);
        }),
        runs,
      );
    },
  );

  test('a row copied over another one is set aside', async () => {
    const table = await tableOf();
    await table.insert(sample('a'));
    await table.insert(sample('b'));
    const opened = await database;
    const row = await opened.get('rows', ['sessions', 'a']);
    if (row) await opened.put('rows', { ...row, id: 'b' });
    expect((await table.all()).damaged).toEqual(['b']);
  });

  test('of writers at once over one revision one gets through, also from two connections', async () => {
    const keys = await created();
    const second = await openDatabase({ onSuperseded: never, onLost: never });
    const one = createSealedTable({ connection: connection(), keys, random: systemRandom }, 'sessions', read);
    const two = createSealedTable(
      { connection: { run: (work) => work(second) }, keys, random: systemRandom },
      'sessions',
      read,
    );
    await one.insert(sample('a'));
    const tries = [one, two, one, two].map((table, n) => table.replace(sample('a', { revision: 1, generation: n }), 0));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  test('hold nothing readable: no canary in any stored byte', async () => {
    const table = await tableOf();
    await table.insert(sample('a'));
    const opened = await database;
    const rows = await opened.getAll('rows');
    expect(rows).toHaveLength(1);
    for (const row of rows) expect(Buffer.from(row.ct).toString('latin1')).not.toContain('canary');
    expect(rows[0]?.ct.length).toBe(256 + 16);
  });
});
