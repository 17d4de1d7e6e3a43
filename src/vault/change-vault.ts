/** Making and changing a vault: fetched with the act, because opening one does without. */
import { fail, succeed, type Result } from '../lib/result.ts';
import { randomName } from '../lib/random.ts';
import type { Bytes } from './format.ts';
import { FORMAT, type GoodHeader, type Header } from './header.ts';
import { loadHeader, storeHeader } from './header-store.ts';
import { deriveKeys, VAULT_KEY_BYTES, type VaultKeys } from './keys.ts';
import { newPassphraseParams } from './new-passphrase.ts';
import { passphraseKey } from './passphrase.ts';
import { unwrapVaultKey, type UnlockMethod } from './unlock-method.ts';
import { isPasskey, withOpened, withVaultKey, type VaultFailure, type VaultPorts } from './vault.ts';
import { wrapVaultKey } from './wrap-vault-key.ts';

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
    const enrolled = (await ports.passkeys?.enrol(vaultId, methods.filter(isPasskey))) ?? 'no-prf';
    if (typeof enrolled === 'string') return fail(enrolled);
    const shape = { type: 'passkey' as const, params: enrolled.params };
    const method = await wrapVaultKey(vaultId, opened.vaultKey, enrolled.key, shape, stamp(ports));
    const again = (await ports.passkeys?.open([method])) ?? 'cancelled';
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

async function storeMethods(
  { connection }: Pick<VaultPorts, 'connection'>,
  good: GoodHeader,
  methods: readonly UnlockMethod[],
): Promise<Result<null, VaultFailure>> {
  const header = { ...good.header, version: good.header.version + 1, methods };
  return (await storeHeader(connection, header, good.text)) ? succeed(null) : fail('moved');
}

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
