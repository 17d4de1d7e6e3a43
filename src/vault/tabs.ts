/**
 * What the tabs of one browser tell each other about the vault. An unlocked tab hands its key to one that asks: a handle
 * that cannot be exported, never the vault key, never a record. Any script of this origin could ask; the threat model says so.
 */
import type { Channel } from '../lib/channel.ts';
import { randomName, type RandomBytes } from '../lib/random.ts';
import type { VaultKeys } from './keys.ts';

export type VaultMessage =
  | { readonly kind: 'want'; readonly nonce: string }
  | { readonly kind: 'give'; readonly nonce: string; readonly keys: VaultKeys }
  | { readonly kind: 'unlocked' | 'lock' | 'wiped' };

/** Survives the tabs, unlike a message: a frozen tab that missed the word finds that the count has moved. */
export interface LockCount {
  read(): string;
  raise(): void;
}

export interface TabPorts {
  readonly channel: Channel<VaultMessage>;
  readonly lockCount: LockCount;
  readonly random: RandomBytes;
  /** What this tab holds; null while it is locked, being opened or on its way out. */
  keys(): VaultKeys | null;
  /** Looks at the idle time: true where it is over, and then this tab is locked. */
  isOver(): boolean;
  /** Another tab, unlocked, has answered. */
  onKeys(keys: VaultKeys, unlocking: Unlocking): void;
  /** Another tab has locked. */
  onLock(): void;
  onWiped(): void;
}

/** False where some tab has locked since this opening began, whether or not its word arrived, and whatever was heard after it. */
export type Unlocking = () => boolean;

export interface VaultTabs {
  /** Asks the unlocked tabs, if there are any. */
  ask(): void;
  /** This tab is about to be opened: a lock from now on is one of it as well. */
  beginUnlock(): Unlocking;
  /** This tab holds keys from now on. */
  tellUnlocked(): void;
  /** Locks every tab. */
  tellLock(): void;
  tellWiped(): void;
  /** Of a tab that holds keys: false where some tab has locked since, whether or not its word arrived. */
  stillUnlocked(): boolean;
  dispose(): void;
}

export function joinTabs(ports: TabPorts): VaultTabs {
  const { channel, lockCount } = ports;
  let asked = '';
  let locksHeard = 0;
  let countAtUnlock = '';

  // Another may begin before this one is through: what a lock has undone stays so.
  const beginUnlock = (): Unlocking => {
    const [heard, count] = [locksHeard, lockCount.read()];
    countAtUnlock = count;
    return () => locksHeard === heard && lockCount.read() === count;
  };
  let unlocking = beginUnlock();
  const stillUnlocked = (): boolean => lockCount.read() === countAtUnlock;
  const ask = (): void => {
    unlocking = beginUnlock();
    asked = randomName(ports.random);
    channel.post({ kind: 'want', nonce: asked });
  };

  const dispose = channel.listen((message) => {
    const keys = ports.keys();
    switch (message.kind) {
      case 'want':
        if (!keys) break;
        // The first to wake after a night may be a new tab's question.
        if (!stillUnlocked()) ports.onLock();
        else if (!ports.isOver()) channel.post({ kind: 'give', nonce: message.nonce, keys });
        break;
      case 'give':
        if (!keys && message.nonce === asked) ports.onKeys(message.keys, unlocking);
        break;
      case 'unlocked':
        if (!keys) ask();
        break;
      case 'lock':
        // Its count may come later than its word: no count reads like this.
        countAtUnlock = '';
        locksHeard += 1;
        if (keys) ports.onLock();
        break;
      case 'wiped':
        ports.onWiped();
        break;
      default:
        message satisfies never;
    }
  });

  return {
    ask,
    beginUnlock,
    tellUnlocked: () => channel.post({ kind: 'unlocked' }),
    tellLock() {
      lockCount.raise();
      channel.post({ kind: 'lock' });
    },
    tellWiped: () => channel.post({ kind: 'wiped' }),
    stillUnlocked,
    dispose,
  };
}

export function readVaultMessage(data: unknown): VaultMessage | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return undefined;
  const { kind } = data;
  if (kind === 'unlocked' || kind === 'lock' || kind === 'wiped') return { kind };
  if (!('nonce' in data) || typeof data.nonce !== 'string') return undefined;
  const { nonce } = data;
  if (kind === 'want') return { kind, nonce };
  const keys = 'keys' in data ? readKeys(data.keys) : undefined;
  return kind === 'give' && keys ? { kind, nonce, keys } : undefined;
}

function readKeys(data: unknown): VaultKeys | undefined {
  if (typeof data !== 'object' || data === null || !('vaultId' in data) || !('record' in data)) return undefined;
  const { vaultId, record } = data;
  if (typeof vaultId !== 'string' || !(record instanceof CryptoKey) || record.extractable) return undefined;
  return record.algorithm.name === 'AES-GCM' ? { vaultId, record } : undefined;
}
