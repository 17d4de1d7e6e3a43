import type { Clock } from '../src/lib/clock.ts';

export type ParkState =
  | { readonly state: 'waiting' }
  | { readonly state: 'ready' }
  /** `error`: the vendor's code for it (RFC 6749 section 4.1.2.1), where it is one. */
  | { readonly state: 'refused'; readonly error?: string }
  | { readonly state: 'unknown' };

export interface Park {
  /** Announces a state; `full` where too many are waiting. Announcing it again changes nothing. */
  announce(connection: string, state: string): ParkState | 'full';
  ask(connection: string, state: string): ParkState;
  /** Nobody waits for it any more: what comes with it from now on is refused, and what has come is dropped. */
  withdraw(connection: string, state: string): ParkState;
  /** What the vendor sent the browser back with. False where the state was not announced, is over, or was used. */
  arrive(connection: string, state: string, result: Arrival): boolean;
  /** The code, once; undefined ever after. */
  take(connection: string, state: string): string | undefined;
}

export type Arrival = { readonly code: string } | { readonly error: string | undefined };

type Place = { readonly untilMs: number } & (
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly code: string }
  | { readonly kind: 'refused'; readonly error: string | undefined }
);

/** Keeps the codes of code sign-ins between the vendor's redirect and the page that waits, in memory, for two minutes. */
export function createPark(
  clock: Clock,
  limits: { readonly stateAnnouncedMs: number; readonly codeKeptMs: number; readonly statesMax: number },
): Park {
  const places = new Map<string, Place>();
  const keyOf = (connection: string, state: string): string => `${connection} ${state}`;

  function find(connection: string, state: string): Place | undefined {
    const nowMs = clock.monotonicMs();
    for (const [key, place] of places) if (place.untilMs <= nowMs) places.delete(key);
    return places.get(keyOf(connection, state));
  }

  function look(connection: string, state: string): ParkState {
    const place = find(connection, state);
    switch (place?.kind) {
      case undefined:
        return { state: 'unknown' };
      case 'waiting':
      case 'ready':
        return { state: place.kind };
      case 'refused':
        return { state: 'refused', ...(place.error === undefined ? {} : { error: place.error }) };
      default:
        return place satisfies never;
    }
  }

  return {
    announce(connection, state) {
      const place = find(connection, state);
      if (place) return look(connection, state);
      if (places.size >= limits.statesMax) return 'full';
      places.set(keyOf(connection, state), { kind: 'waiting', untilMs: clock.monotonicMs() + limits.stateAnnouncedMs });
      return { state: 'waiting' };
    },
    ask: look,
    withdraw(connection, state) {
      places.delete(keyOf(connection, state));
      return { state: 'unknown' };
    },
    arrive(connection, state, result) {
      if (find(connection, state)?.kind !== 'waiting') return false;
      const untilMs = clock.monotonicMs() + limits.codeKeptMs;
      const place: Place =
        'code' in result ? { kind: 'ready', ...result, untilMs } : { kind: 'refused', ...result, untilMs };
      places.set(keyOf(connection, state), place);
      return true;
    },
    take(connection, state) {
      const place = find(connection, state);
      if (place?.kind !== 'ready') return undefined;
      places.delete(keyOf(connection, state));
      return place.code;
    },
  };
}
