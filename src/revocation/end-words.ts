import type { Survivor } from '../providers/ending.ts';

/** Of what lives on without a time that anybody knows. */
export function endWords({ untilMs, lastsMs }: Survivor): string {
  if (untilMs === 'never') return 'no end of its own';
  return lastsMs === undefined ? 'end not reported' : 'no end before it is proven dead';
}
