import type { Caller } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Locks } from '../lib/locks.ts';
import type { RandomBytes } from '../lib/random.ts';
import type { Provider } from '../providers/contract.ts';
import type { Repository } from '../sessions/repository.ts';

/** What the work on sessions reaches the world with. Built once, in `main.tsx`; a test hands in its own. */
export interface Hands {
  readonly repository: Repository;
  readonly caller: Caller;
  readonly locks: Locks;
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
  /**
   * Asks the gateway for its life. A call that spends carries the boot of its own intent, read just before: an older one
   * would turn every restart of the gateway into a lost answer. Undefined where no gateway answers.
   */
  boot(): Promise<string | undefined>;
}
