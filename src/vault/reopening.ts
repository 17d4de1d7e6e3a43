import { StorageFault } from '../sessions/record-store.ts';
import type { DatabaseEvents, VaultDatabase } from './database.ts';

const TRIES = 3;

export interface Reopening {
  /**
   * Runs `work`, and again over a new connection where the old one turned out closed; three tries in all. Rejects with a
   * `StorageFault`.
   */
  run<Value>(work: (database: VaultDatabase) => Promise<Value>): Promise<Value>;
  /** Closes the connection, so that the database can be deleted; `forGood`: no late use makes it anew. */
  close(forGood: boolean): Promise<void>;
}

/** A connection to the database that survives being closed by the browser, and gives way to a newer version. */
export function createReopening(
  open: (events: DatabaseEvents) => Promise<VaultDatabase>,
  onSuperseded: (gone: boolean) => void,
): Reopening {
  let connection: Promise<VaultDatabase> | null = null;
  let superseded = false;

  const connect = (): Promise<VaultDatabase> => {
    if (superseded) return Promise.reject(new StorageFault('superseded'));
    if (connection) return connection;
    const drop = (): void => {
      if (connection === mine) connection = null;
    };
    const mine = open({
      onLost: drop,
      onSuperseded(gone) {
        superseded = true;
        drop();
        onSuperseded(gone);
      },
    });
    connection = mine;
    mine.catch(drop);
    return mine;
  };

  return {
    async run(work) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await work(await connect());
        } catch (error) {
          const closed = error instanceof DOMException && error.name === 'InvalidStateError';
          if (!closed || attempt === TRIES) throw faultOf(error);
          connection = null;
        }
      }
    },
    async close(forGood) {
      const open = connection;
      connection = null;
      superseded ||= forGood;
      (await open?.catch(() => undefined))?.close();
    },
  };
}

/** A bug stays what it is; what the browser says of its storage becomes a fault that a screen has words for. */
function faultOf(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name === 'QuotaExceededError') return new StorageFault('full');
  return new StorageFault(error.name === 'VersionError' ? 'newer' : 'lost');
}
