/**
 * The pause after a refusal at the limit, the same in every tab of this browser and over a reload. It is over when a
 * session of whoever was refused was logged out here, and the server's list bears that out; or that list has become shorter.
 * Local storage has the connection's id and a time, and no name.
 */
import type { Services } from '../../console/services.ts';
import { freedParts } from './freed-parts.ts';
import type { Desk, Pause } from './sign-in-desk.ts';
import { LIMIT_PAUSE_MS } from './sign-in-work.ts';
import { ANYBODY, pauseKey } from './stored-pause.ts';

const shared = new WeakSet<Desk>();

/** For as long as the page lives. Harmless when repeated. */
export function sharePause({ state, nowMs, slotCounter, slotCounts }: Services, desk: Desk, connection: string): void {
  if (shared.has(desk)) return;
  shared.add(desk);
  const key = pauseKey(connection);
  const own = (): Pause | undefined => desk.state.getState().pauses[ANYBODY];
  const put = (pause: Pause | undefined): void => {
    const { [ANYBODY]: _before, ...pauses } = desk.state.getState().pauses;
    desk.state.setState({ pauses: pause ? { ...pauses, [ANYBODY]: pause } : pauses });
  };

  const read = (): void => {
    const untilMs = Number(stored(key));
    if (own()?.untilMs === untilMs) return;
    // A clock that was put back since would make it a long one.
    const stands = untilMs > nowMs() && untilMs <= nowMs() + 2 * LIMIT_PAUSE_MS;
    put(stands ? { fromMs: untilMs - LIMIT_PAUSE_MS, untilMs, why: 'limit' } : undefined);
  };
  read();
  window.addEventListener('storage', (event) => {
    // All of it was deleted where there is no key.
    if (event.key === key || event.key === null) read();
  });
  desk.state.subscribe((now, before) => {
    // Another tab may have written since: only what changed here is written.
    if (now.pauses[ANYBODY] === before.pauses[ANYBODY]) return;
    store(key, own());
    // The refusal may speak against the last count.
    if (own()) slotCounter.now()?.lookAnew();
  });
  const liftWhereFree = (): void => {
    const pause = own();
    if (!pause?.of) return;
    const refusal = { atMs: pause.fromMs, user: pause.of.name };
    const parts = freedParts.now();
    const known = [refusal, state.getState().sessions, connection, slotCounts.getState()] as const;
    const found = parts?.loggedOutSince(...known);
    if ((found?.isSame && found.slot === 'free') || parts?.roomSince(...known)) put(undefined);
  };
  state.subscribe(liftWhereFree);
  slotCounts.subscribe(liftWhereFree);
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Where nothing can be stored, the pause is this page's alone. */
function store(key: string, pause: Pause | undefined): void {
  const text = pause ? String(pause.untilMs) : null;
  try {
    if (localStorage.getItem(key) === text) return;
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    return;
  }
}
