import { useEffect, useRef } from 'react';
import { formatClockTime, formatDateTime } from '../../lib/format-time.ts';
import type { Item } from '../../revocation/job.ts';
import { Band } from '../../ui/band.tsx';
import { useAnnounce } from '../../ui/live-region.tsx';
import { verdictBand } from './job-words.ts';

/** Live, dead or unknown, with its time and its reason. Stays for as long as it is true. */
export function VerdictLine({ item }: { readonly item: Item }) {
  const band = verdictBand(item);
  const announce = useAnnounce();
  const { name } = item.thing;
  const said = useRef<string | undefined>(band?.title);
  const title = band?.title;
  useEffect(() => {
    if (title !== undefined && title !== said.current) announce(`${name}: ${title}`);
    said.current = title;
  }, [announce, name, title]);
  if (!band) return null;
  return (
    <Band
      tone={band.tone}
      flush
      title={
        <>
          {band.title}{' '}
          <time dateTime={new Date(band.atMs).toISOString()} title={formatDateTime(band.atMs)} className="tabular-nums">
            {formatClockTime(band.atMs)}
          </time>
        </>
      }
    >
      {band.words}
    </Band>
  );
}
