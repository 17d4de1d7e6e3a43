/**
 * Known answers of the vault's format (docs/vault-format.md). The vectors are read three ways: by a reader that shares
 * nothing with the program, by the program, and by writing them again.
 */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { jobKind } from '../revocation/job-kind.ts';
import { boundTo, bytesOf } from './format.ts';
import { readHeader, writeHeader } from './header.ts';
import { deriveKeys } from './keys.ts';
import { credentialKind, historyKind, sessionKind, signInKind } from './kinds.ts';
import { passphraseKey } from './passphrase.ts';
import { open, seal } from './record-cipher.ts';
import { unwrapVaultKey, type UnlockMethod } from './unlock-method.ts';
import { wrapVaultKey } from './wrap-vault-key.ts';

interface Vectors {
  readonly passphrase: string;
  readonly prfOutput: string;
  readonly vaultKey: string;
  readonly header: { readonly text: string; readonly sha256: string };
  readonly rows: readonly {
    readonly table: string;
    readonly id: string;
    readonly generation: number;
    readonly revision: number;
    readonly iv: string;
    readonly ct: string;
    readonly plain: string;
  }[];
}

const vectors = JSON.parse(readFileSync('docs/vault-format-1.vectors.json', 'utf8')) as Vectors; // the file beside the format

const raw = (base64url: string) => Uint8Array.from(Buffer.from(base64url, 'base64url'));

/** Written from docs/vault-format.md alone. */
const reader = {
  utf8: (text: string) => new TextEncoder().encode(text),
  additionalData(parts: readonly string[]) {
    const pieces = parts.map((part) => {
      const bytes = Buffer.from(part, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    });
    return Uint8Array.from(Buffer.concat(pieces));
  },
  hkdf: async (secret: Uint8Array<ArrayBuffer>, salt: string, info: string) =>
    new Uint8Array(
      await crypto.subtle.deriveBits(
        { name: 'HKDF', hash: 'SHA-256', salt: reader.utf8(salt), info: reader.utf8(info) },
        await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']),
        256,
      ),
    ),
  pbkdf2: async (passphrase: string, salt: string, iterations: number) =>
    new Uint8Array(
      await crypto.subtle.deriveBits(
        { name: 'PBKDF2', hash: 'SHA-256', salt: raw(salt), iterations },
        await crypto.subtle.importKey('raw', reader.utf8(passphrase.normalize('NFKC')), 'PBKDF2', false, [
          'deriveBits',
        ]),
        256,
      ),
    ),
  open: async (key: Uint8Array<ArrayBuffer>, iv: string, bytes: string, parts: readonly string[]) =>
    new Uint8Array(
      await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: raw(iv), additionalData: reader.additionalData(parts) },
        await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']),
        raw(bytes),
      ),
    ),
};

interface HeaderText {
  readonly vaultId: string;
  readonly methods: readonly (UnlockMethod & {
    readonly params: { readonly salt: string; readonly iterations: number };
  })[];
}

describe('another reader', () => {
  const header = JSON.parse(vectors.header.text) as HeaderText; // the vectors' own
  const unwrap = async (type: UnlockMethod['type'], key: Uint8Array<ArrayBuffer>) => {
    const method = header.methods.find((one) => one.type === type);
    if (!method) throw new Error(`No method ${type}`);
    const params = Object.entries(method.params).sort(([a], [b]) => (a < b ? -1 : 1));
    const parts = ['keyward/unlock/1', header.vaultId, method.id, type, JSON.stringify(params)];
    return await reader.open(key, method.iv, method.wrapped, parts);
  };

  test('finds the checksum of the header', async () => {
    const digest = await crypto.subtle.digest('SHA-256', reader.utf8(vectors.header.text));
    expect(Buffer.from(digest).toString('base64url')).toBe(vectors.header.sha256);
  });

  test('opens the vault key with the passphrase, in whatever Unicode form', async () => {
    const params = header.methods.find(({ type }) => type === 'passphrase')?.params;
    const key = await reader.pbkdf2(vectors.passphrase.normalize('NFD'), params?.salt ?? '', params?.iterations ?? 0);
    expect(await unwrap('passphrase', key)).toEqual(raw(vectors.vaultKey));
  });

  test('opens the vault key with the value of the passkey', async () => {
    const key = await reader.hkdf(raw(vectors.prfOutput), '', 'keyward/passkey/1');
    expect(await unwrap('passkey', key)).toEqual(raw(vectors.vaultKey));
  });

  test('reads every record', async () => {
    const key = await reader.hkdf(raw(vectors.vaultKey), header.vaultId, 'keyward/record/1');
    for (const { table, id, generation, revision, iv, ct, plain } of vectors.rows) {
      const parts = ['keyward/record/1', header.vaultId, table, id, String(generation), String(revision)];
      const padded = Buffer.from(await reader.open(key, iv, ct, parts));
      expect(padded.length % 256).toBe(0);
      expect(padded.subarray(4, 4 + padded.readUInt32BE(0)).toString('utf8')).toBe(plain);
    }
  });
});

describe('this program', () => {
  async function opened() {
    const read = await readHeader([vectors.header, undefined]);
    if (read.kind !== 'good') throw new Error(read.kind);
    return read.header;
  }

  test('opens the vectors with the passphrase and reads every record', async () => {
    const header = await opened();
    const [method] = header.methods;
    if (method?.type !== 'passphrase') throw new Error('The first method is the passphrase');
    const vaultKey = await unwrapVaultKey(
      header.vaultId,
      method,
      await passphraseKey(vectors.passphrase, method.params),
    );
    expect(vaultKey).toEqual(raw(vectors.vaultKey));
    const keys = await deriveKeys(raw(vectors.vaultKey), header.vaultId);
    for (const { plain, ...row } of vectors.rows) {
      expect(await open(keys, { ...row, iv: raw(row.iv), ct: raw(row.ct) })).toEqual(JSON.parse(plain));
    }
  });

  test('writes the very same bytes, given the same random ones', async () => {
    const header = await opened();
    const given = (...values: readonly string[]) => {
      const left = values.map(raw);
      return () => left.shift() ?? new Uint8Array(0);
    };
    for (const method of header.methods) {
      const key =
        method.type === 'passphrase'
          ? await passphraseKey(vectors.passphrase, method.params)
          : await prfKey(vectors.prfOutput);
      const { type, params } = method;
      const stamp = { random: given(method.id, method.iv), nowMs: method.createdAtMs };
      const shape = { type, params } as Pick<UnlockMethod, 'type' | 'params'>; // of one method, so they belong together
      expect(await wrapVaultKey(header.vaultId, raw(vectors.vaultKey), key, shape as UnlockMethod, stamp)).toEqual(
        method,
      );
    }
    expect(await writeHeader(header)).toEqual(vectors.header);
    const keys = await deriveKeys(raw(vectors.vaultKey), header.vaultId);
    for (const { plain, ...row } of vectors.rows) {
      const written = await seal(keys, given(row.iv), row.table, JSON.parse(plain) as Parameters<typeof seal>[3]); // a record
      expect(written).toEqual({ ...row, iv: raw(row.iv), ct: raw(row.ct) });
    }
  });

  test('takes every record for one of its table, also one that was written before a member was added', () => {
    const kinds = [sessionKind, credentialKind, signInKind, historyKind, jobKind];
    expect(new Set(vectors.rows.map(({ table }) => table))).toEqual(new Set(kinds.map(({ table }) => table)));
    for (const { table, plain } of vectors.rows) {
      const record = JSON.parse(plain) as object; // a record
      expect(kinds.find((kind) => kind.table === table)?.read(record)).toMatchObject(record);
      for (const kind of kinds) if (kind.table !== table) expect(kind.read(record)).toBeUndefined();
    }
  });

  test('binds lists of parts so that no two of them look alike', () => {
    expect(boundTo(['ab', 'c'])).not.toEqual(boundTo(['a', 'bc']));
    expect(boundTo(['é'])).toEqual(Uint8Array.from([0, 0, 0, 2, 0xc3, 0xa9]));
  });
});

/** As src/vault/passkey.ts derives it, of a value that no browser is needed for. */
async function prfKey(output: string): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', raw(output), 'HKDF', false, ['deriveKey']);
  const derived = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: bytesOf('keyward/passkey/1') };
  return await crypto.subtle.deriveKey(derived, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
