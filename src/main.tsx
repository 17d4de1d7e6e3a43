/** The composition root: the only place that ties the browser's clock, network, locks and page to the console. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { browserPage } from './console/browser-page.ts';
import { createServices } from './console/services.ts';
import { systemClock, systemTimers } from './lib/clock.ts';
import { createPageLocks, createWebLocks } from './lib/locks.ts';
import { systemRandom } from './lib/random.ts';
import { registry } from './providers/registry.ts';
import { createMemoryStore } from './sessions/memory-store.ts';
import './styles.css';

const services = createServices({
  clock: systemClock,
  timers: systemTimers,
  random: systemRandom,
  locks: 'locks' in navigator ? createWebLocks(navigator.locks) : createPageLocks(),
  sessions: createMemoryStore(),
  credentials: createMemoryStore(),
  origin: location.origin,
  page: browserPage,
  fetch: (...request) => fetch(...request),
  registry,
});

const place = document.getElementById('app');
if (!place) throw new Error('index.html has no element #app');
createRoot(place).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);
