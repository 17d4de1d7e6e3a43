import type { Caller } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Locks } from '../lib/locks.ts';
import type { RandomBytes } from '../lib/random.ts';
import type { Provider } from '../providers/contract.ts';
import type { Credential } from '../sessions/credential.ts';
import type { RecordStore } from '../sessions/record-store.ts';
import type { Repository } from '../sessions/repository.ts';

/** A call that opens a session, under way right now: what it opens may be nobody's. Holds nothing that was typed. */
export interface SlotCall {
  readonly connection: string;
  readonly provider: string;
  readonly baseUrl: string;
  readonly way: string;
  readonly nonce: string;
  readonly boot: string;
  /** Milliseconds on the hybrid clock. */
  readonly sentAtMs: number;
}

/** A wait for the vendor's own page, in another tab. No part of it is worth anything to anybody. */
export interface VisitWait {
  readonly connection: string;
  /** Names this wait alone. */
  readonly wait: string;
}

/** What the work on sessions reaches the world with. Built once, in `main.tsx`; a test hands in its own. */
export interface Hands {
  readonly repository: Repository;
  /** API keys that a person chose to keep. */
  readonly credentials: RecordStore<Credential>;
  readonly caller: Caller;
  readonly locks: Locks;
  /** False where the browser is sure that there is no network. */
  online(): boolean;
  /** True once the vault is locked in this tab: nothing new is sent from then on. */
  locked(): boolean;
  readonly random: RandomBytes;
  /** Milliseconds on the hybrid clock. */
  nowMs(): number;
  /** Server minus local time of a connection's server; milliseconds, 0 where nothing was measured. */
  offsetMs(connection: string): number;
  /** Resolves after so many milliseconds. */
  pause(delayMs: number): Promise<void>;
  /** Throws where no vendor is registered under that id. */
  provider(id: string): Promise<Provider>;
  /** Undefined where the operator's file no longer names it, or the gateway cannot be asked. */
  connection(id: string): Promise<Connection | undefined>;
  /** Where a vendor sends the browser back to: an address of this console's gateway, registered at the vendor. */
  redirectUri(connection: string): string;
  /**
   * Before such a sign-in is sent: from then on leaving is asked about first, and where the page is left all the same its
   * next start ends the session. Returns the function that says that it is over; `mayBeOpen`: nobody knows whether it
   * opened a session.
   */
  slotUnderWay(call: SlotCall): Promise<(mayBeOpen: boolean) => Promise<void>>;
  /** Where the page is left during the wait, its next start says so. Returns the function that says that it is over. */
  visitUnderWay(connection: string): () => void;
  /** Something that every person at the console should know, once. Returns what takes it back where it is over. */
  announce(sentence: string): () => void;
  /**
   * Asks the gateway for its life. A call that spends carries the boot of its own intent, read just before: an older one
   * would turn every restart of the gateway into a lost answer. Undefined where no gateway answers.
   */
  boot(): Promise<string | undefined>;
}
