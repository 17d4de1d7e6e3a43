/**
 * Opening a vault. The vault key itself exists only while `withVaultKey` runs and is overwritten before that returns; what an
 * unlocked page holds cannot be exported.
 */
import { fail, succeed, type Result } from '../lib/result.ts';
import type { RandomBytes } from '../lib/random.ts';
import type { Bytes } from './format.ts';
import type { GoodHeader, Header } from './header.ts';
import { loadHeader, storeHeader, type Connection } from './header-store.ts';
import { deriveKeys, type VaultKeys } from './keys.ts';
import { passphraseKey } from './passphrase.ts';
import type { PasskeyFailure, PasskeyPort } from './passkey.ts';
import { unwrapVaultKey, type UnlockMethod } from './unlock-method.ts';

export interface VaultPorts {
  readonly connection: Connection;
  readonly random: RandomBytes;
  /** Null where this browser has none. */
  readonly passkeys: PasskeyPort | null;
  /** Milliseconds since 1970. */
  nowMs(): number;
}

/** How a person opens the vault. */
export type Opener = { readonly kind: 'passphrase'; readonly passphrase: string } | { readonly kind: 'passkey' };

/**
 * `none`: there is no vault. `exists`: there is one already. `wrong`: the vault is whole and this does not open it.
 * `damaged`: no copy of the header can be read. `newer`: a later version has made it. `moved`: another tab changed it meanwhile, and nothing was written.
 */
export type VaultFailure = 'none' | 'exists' | 'wrong' | 'damaged' | 'newer' | 'moved' | PasskeyFailure;

export async function unlockVault(ports: VaultPorts, opener: Opener): Promise<Result<VaultKeys, VaultFailure>> {
  return await withOpened(ports, opener, async ({ vaultKey, good }) => {
    // Another tab may be faster, and a full disk is no reason to keep the vault shut: the next time will do.
    if (good.mend) await storeHeader(ports.connection, good.header, good.text).catch(() => false);
    return succeed(await deriveKeys(vaultKey, good.header.vaultId));
  });
}

export interface Opened {
  readonly vaultKey: Bytes;
  readonly good: GoodHeader;
}

export const isPasskey = (method: UnlockMethod) => method.type === 'passkey';

export async function withOpened<Value>(
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
    const opened = (await ports.passkeys?.open(passkeys)) ?? 'cancelled';
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

export async function withVaultKey<Value>(vaultKey: Bytes, work: (vaultKey: Bytes) => Promise<Value>): Promise<Value> {
  try {
    return await work(vaultKey);
  } finally {
    vaultKey.fill(0);
  }
}
