import type { OffsetEstimate } from '../../http/vendor-clock.ts';

/** With more doubt than this an offset is not worth a number. */
const DOUBT_MAX_MS = 30_000;

/** How a server's clock stands to this machine's: sign, size and doubt in words. */
export function clockWords(estimate: OffsetEstimate | null): string {
  if (!estimate) return 'not measured: no answer with a date came yet';
  const { offsetMs, uncertaintyMs } = estimate;
  if (uncertaintyMs > DOUBT_MAX_MS) return 'not verified: the answers took too long to tell';
  const doubt = `± ${seconds(uncertaintyMs)}`;
  if (Math.abs(offsetMs) <= uncertaintyMs) return `agrees with this machine (${doubt})`;
  return `${seconds(Math.abs(offsetMs))} ${offsetMs > 0 ? 'ahead of' : 'behind'} this machine (${doubt})`;
}

function seconds(lengthMs: number): string {
  const value = lengthMs / 1_000;
  if (value < 10) return `${value.toFixed(1)} s`;
  if (value < 120) return `${String(Math.round(value))} s`;
  if (value < 7_200) return `${String(Math.round(value / 60))} min`;
  return `${String(Math.round(value / 3_600))} h`;
}
