/** The composition root: the only place that ties the browser's clock, network, locks, storage and page to the console. */
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { browserLeavings, browserPage } from './console/browser-page.ts';
import { createKeeping, KEEPING_CHOICE, keepingAtStart } from './console/keeping.ts';
import { createServices, type Services } from './console/services.ts';
import { createSlotStores } from './console/slot-stores.ts';
import { later } from './lib/later.ts';
import { systemClock, systemTimers } from './lib/clock.ts';
import { createPageLocks, createWebLocks } from './lib/locks.ts';
import { systemRandom } from './lib/random.ts';
import { registry } from './providers/registry.ts';
import type { JobRecord } from './revocation/job.ts';
import type { Credential } from './sessions/credential.ts';
import { createMemoryStore } from './sessions/memory-store.ts';
import type { SessionRecord } from './sessions/record.ts';
import { createSwitchingStore } from './sessions/switching-store.ts';
import './styles.css';

const place = document.getElementById('app');
if (!place) throw new Error('index.html has no element #app');
// React would print the error itself, and its text may quote what was being worked on.
const tellName = (error: unknown): void => {
  console.error('A part of the page broke:', error instanceof Error ? error.name : typeof error);
};
const root = createRoot(place, { onCaughtError: tellName, onUncaughtError: tellName });
const draw = (screen: ReactNode): void => root.render(<StrictMode>{screen}</StrictMode>);

const outside = { clock: systemClock, timers: systemTimers, random: systemRandom, page: browserPage };
const sessions = createSwitchingStore(createMemoryStore<SessionRecord>());
const credentials = createSwitchingStore(createMemoryStore<Credential>());
const jobs = createSwitchingStore(createMemoryStore<JobRecord>());
const slots = createSlotStores();
const keeping = createKeeping('undecided');
let services: Services | undefined;

const vault = later(async () => {
  const [{ createVaultDesk }, { browserVault }] = await Promise.all([
    import('./console/vault-desk.ts'),
    import('./console/browser-vault.ts'),
  ]);
  const callsUnderWay = (): number => services?.caller.underWay() ?? 0;
  const moved = { sessions, credentials, jobs, slots };
  return createVaultDesk({ ...outside, ...moved, browser: browserVault, keeping, callsUnderWay });
});

function drawConsole(): void {
  services = createServices({
    ...outside,
    locks: 'locks' in navigator ? createWebLocks(navigator.locks) : createPageLocks(),
    sessions,
    credentials,
    jobs,
    slots,
    keeping,
    vault,
    leavings: browserLeavings,
    origin: location.origin,
    fetch: (...request) => fetch(...request),
    registry,
  });
  draw(<App services={services} />);
}

/** While locked there is nothing that could send: the console is built once the vault is open. */
function drawLockScreen(): void {
  const stop = keeping.subscribe((now) => {
    if (now.keeping === 'locked') return;
    stop();
    drawConsole();
  });
  void import('./features/unlock/lock-screen.tsx').then(({ LockScreen }) => {
    if (keeping.getState().keeping === 'locked') draw(<LockScreen vault={vault} />);
  });
}

// No await at the top level: parts that are fetched later share code with this one, and would wait for its end.
void keepingAtStart().then((found) => {
  keeping.setState({ keeping: found });
  if (found === 'locked') drawLockScreen();
  else drawConsole();
});

// Another tab has made a vault: what this one keeps in memory moves in.
window.addEventListener('storage', ({ key, newValue }) => {
  if (key === KEEPING_CHOICE && newValue === 'vault') vault.load().catch(() => undefined);
});
