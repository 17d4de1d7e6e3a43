import type { Connection } from '../http/envelope.ts';
import type { VendorClocks } from '../http/vendor-clock.ts';
import { formatRough } from '../lib/format-time.ts';

/** Below this the clocks agree as far as anybody can tell: servers send whole seconds. */
const AGREE_MS = 2_000;
/** With more doubt than this a measurement says nothing. */
const DOUBT_MAX_MS = 30_000;

/** How the clocks of the servers and of this machine stand to each other, in one sentence; empty before anything was measured. */
export function clockSentence(clocks: VendorClocks, connections: readonly Connection[]): string {
  const measured = connections.flatMap(({ id, name }) => {
    const estimate = clocks.estimate(id);
    return estimate && estimate.uncertaintyMs <= DOUBT_MAX_MS ? [{ name, ...estimate }] : [];
  });
  const farthest = measured.toSorted((one, other) => Math.abs(other.offsetMs) - Math.abs(one.offsetMs))[0];
  if (!farthest) return '';
  const apartMs = Math.abs(farthest.offsetMs);
  if (apartMs <= Math.max(farthest.uncertaintyMs, AGREE_MS)) {
    const rounded = Math.max(apartMs, 100) / 1_000;
    return `${measured.length === 1 ? 'Server clock' : 'All clocks'} within ${rounded.toFixed(1)} s`;
  }
  return `Clock of ${farthest.name}: ${formatRough(apartMs)} ${farthest.offsetMs > 0 ? 'ahead' : 'behind'}`;
}
