/**
 * Making, opening and changing a vault. The vault key itself exists only inside these functions and is overwritten before
 * they return; what an unlocked page holds cannot be exported.
 */
import { fail, succeed, type Result } from '../lib/result.ts';
import { randomName, type RandomBytes } from '../lib/random.ts';
import type { Bytes } from './format.ts';
import { FORMAT, type GoodHeader, type Header } from './header.ts';
import { loadHeader, storeHeader, type Connection } from './header-store.ts';
import { deriveKeys, VAULT_KEY_BYTES, type VaultKeys } from './keys.ts';
import { newPassphraseParams, passphraseKey } from './passphrase.ts';
import type { PasskeyFailure, PasskeyPort } from './passkey.ts';
import { unwrapVaultKey, wrapVaultKey, type UnlockMethod } from './unlock-method.ts';

export interface VaultPorts {
  readonly connection: Connection;
  readonly random: RandomBytes;
  readonly passkeys: PasskeyPort;
  /** Milliseconds since 1970. */
  nowMs(): number;
}

/** How a person opens the vault. */
export type Opener = { readonly kind: 'passphrase'; readonly passphrase: string } | { readonly kind: 'passkey' };

/**
 * `none`: there is no vault. `exists`: there is one already. `wrong`: the vault is whole and this does not open it.
 * `damaged`: no copy of the header can be read. `moved`: another tab changed it meanwhile, and nothing was written.
 */
export type VaultFailure = 'none' | 'exists' | 'wrong' | 'damaged' | 'moved' | PasskeyFailure;

export async function createVault(ports: VaultPorts, passphrase: string): Promise<Result<VaultKeys, VaultFailure>> {
  const { connection } = ports;
  if ((await loadHeader(connection)).kind !== 'none') return fail('exists');
  const vaultId = randomName(ports.random);
  return await withVaultKey(Uint8Array.from(ports.random(VAULT_KEY_BYTES)), async (vaultKey) => {
    const method = await passphraseMethod(ports, vaultId, vaultKey, passphrase);
    const header: Header = { format: FORMAT, vaultId, createdAtMs: ports.nowMs(), version: 1, methods: [method] };
    if (!(await storeHeader(connection, header, null))) return fail('exists');
    return succeed(await deriveKeys(vaultKey, vaultId));
  });
}

export async function unlockVault(ports: VaultPorts, opener: Opener): Promise<Result<VaultKeys, VaultFailure>> {
  return await withOpened(ports, opener, async ({ vaultKey, good }) => {
    // Another tab may be faster, and a full disk is no reason to keep the vault shut: the next time will do.
    if (good.mend) await storeHeader(ports.connection, good.header, good.text).catch(() => false);
    return succeed(await deriveKeys(vaultKey, good.header.vaultId));
  });
}

/** The old passphrase opens, the new one wraps: no record is written again. */
export async function changePassphrase(
  ports: VaultPorts,
  before: string,
  after: string,
): Promise<Result<null, VaultFailure>> {
  return await withOpened(ports, { kind: 'passphrase', passphrase: before }, async (opened) => {
    const { header } = opened.good;
    const method = await passphraseMethod(ports, header.vaultId, opened.vaultKey, after);
    return await storeMethods(ports, opened.good, [
      method,
      ...header.methods.filter(({ type }) => type !== 'passphrase'),
    ]);
  });
}

/**
 * Adds a passkey once a second assertion has given the same value and the wrapped key has opened again: one that gives
 * another value the next time would let nobody in.
 */
export async function addPasskey(ports: VaultPorts, passphrase: string): Promise<Result<null, VaultFailure>> {
  return await withOpened(ports, { kind: 'passphrase', passphrase }, async (opened) => {
    const { vaultId, methods } = opened.good.header;
    const enrolled = await ports.passkeys.enrol(vaultId, methods.filter(isPasskey));
    if (typeof enrolled === 'string') return fail(enrolled);
    const shape = { type: 'passkey' as const, params: enrolled.params };
    const method = await wrapVaultKey(vaultId, opened.vaultKey, enrolled.key, shape, stamp(ports));
    const again = await ports.passkeys.open([method]);
    if (typeof again === 'string') return fail(again);
    const unwrapped = await unwrapVaultKey(vaultId, method, again.key);
    if (!unwrapped) return fail('no-prf');
    unwrapped.fill(0);
    return await storeMethods(ports, opened.good, [...methods, method]);
  });
}

/** Passkeys only: the passphrase stays, because a passkey is bound to one host name and one device. */
export async function removePasskey(
  ports: Pick<VaultPorts, 'connection'>,
  methodId: string,
): Promise<Result<null, VaultFailure>> {
  const good = await loadHeader(ports.connection);
  if (good.kind !== 'good') return fail(good.kind);
  const left = good.header.methods.filter(({ id, type }) => id !== methodId || type === 'passphrase');
  return await storeMethods(ports, good, left);
}

interface Opened {
  readonly vaultKey: Bytes;
  readonly good: GoodHeader;
}

async function storeMethods(
  { connection }: Pick<VaultPorts, 'connection'>,
  good: GoodHeader,
  methods: readonly UnlockMethod[],
): Promise<Result<null, VaultFailure>> {
  const header = { ...good.header, version: good.header.version + 1, methods };
  return (await storeHeader(connection, header, good.text)) ? succeed(null) : fail('moved');
}

const isPasskey = (method: UnlockMethod) => method.type === 'passkey';

const stamp = (ports: VaultPorts) => ({ random: ports.random, nowMs: ports.nowMs() });

async function passphraseMethod(
  ports: VaultPorts,
  vaultId: string,
  vaultKey: Bytes,
  passphrase: string,
): Promise<UnlockMethod> {
  const params = newPassphraseParams(ports.random);
  const key = await passphraseKey(passphrase, params);
  return await wrapVaultKey(vaultId, vaultKey, key, { type: 'passphrase' as const, params }, stamp(ports));
}

async function withOpened<Value>(
  ports: VaultPorts,
  opener: Opener,
  work: (opened: Opened) => Promise<Result<Value, VaultFailure>>,
): Promise<Result<Value, VaultFailure>> {
  const good = await loadHeader(ports.connection);
  if (good.kind !== 'good') return fail(good.kind);
  const found = await vaultKeyOf(ports, good.header, opener);
  if (typeof found === 'string') return fail(found);
  return await withVaultKey(found, (vaultKey) => work({ vaultKey, good }));
}

async function vaultKeyOf(ports: VaultPorts, header: Header, opener: Opener): Promise<Bytes | VaultFailure> {
  if (opener.kind === 'passkey') {
    const passkeys = header.methods.filter(isPasskey);
    const opened = await ports.passkeys.open(passkeys);
    if (typeof opened === 'string') return opened;
    const method = passkeys.find(({ id }) => id === opened.methodId);
    return (method && (await unwrapVaultKey(header.vaultId, method, opened.key))) ?? 'wrong';
  }
  for (const method of header.methods) {
    if (method.type !== 'passphrase') continue;
    const vaultKey = await unwrapVaultKey(
      header.vaultId,
      method,
      await passphraseKey(opener.passphrase, method.params),
    );
    if (vaultKey) return vaultKey;
  }
  return 'wrong';
}

async function withVaultKey<Value>(vaultKey: Bytes, work: (vaultKey: Bytes) => Promise<Value>): Promise<Value> {
  try {
    return await work(vaultKey);
  } finally {
    vaultKey.fill(0);
  }
}
