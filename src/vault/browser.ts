import type { Channel } from '../lib/channel.ts';
import type { DatabaseEvents, VaultDatabase } from './database.ts';
import type { PasskeyPort } from './passkey.ts';

/** The browser as the vault uses it. */
export interface VaultBrowser {
  openDatabase(events: DatabaseEvents): Promise<VaultDatabase>;
  /** Resolves once it is gone; waits for tabs that still have it open. */
  deleteDatabase(): Promise<void>;
  channel<Message>(name: string, read: (data: unknown) => Message | undefined): Channel<Message>;
  /** What is no secret, and the same in every tab. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** The host name that passkeys are bound to. */
  readonly host: string;
  /** Null where this browser has no passkeys. */
  readonly passkeys: PasskeyPort | null;
  /** Asks the browser not to clear this site's storage by itself. */
  persist(): Promise<void>;
  /** Used bytes of those that the browser grants, 0 to 1. */
  usedShare(): Promise<number>;
  /** Nothing of the page is seen from now on. */
  hide(): void;
  /** Nothing of the page is seen from now on but this sentence. */
  hideBehind(sentence: string): void;
  /** Drops everything that the page holds. Waits for the gateway, behind a sentence that begins with what was done. */
  reload(done: 'Locked' | 'Wiped'): void;
  /** The browser asks before the page is left, until the returned function is called. */
  warnOnLeaving(): () => void;
  /** Deletes everything that this origin has stored but the database. */
  clearStorage(): Promise<void>;
}
