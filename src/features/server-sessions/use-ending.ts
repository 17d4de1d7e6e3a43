import { useState } from 'react';
import type { SlotCount } from '../../console/slot-counter.ts';
import { useServices } from '../../console/use-services.ts';
import type { Tone } from '../../ui/band.tsx';
import type { Seen } from './seen-sessions.ts';
import { slotWork } from './slot-parts.ts';
import type { EndedHere } from './ticket-summary.ts';
import { partMissing } from '../../lib/later.ts';

export interface EndingNote {
  readonly tone: Tone;
  readonly title: string;
  readonly more: string;
}

export interface Ending {
  readonly busy: boolean;
  readonly note: EndingNote | null;
  readonly ended: readonly EndedHere[];
  end(count: SlotCount, targets: readonly Seen[], all: boolean): Promise<void>;
  recount(key: string): Promise<void>;
  unlock(count: SlotCount): Promise<void>;
}

const { sentence: title, ...missing } = partMissing('sent');
const notFetched: EndingNote = { ...missing, title };

/** What ends sessions, one piece of work at a time, and what came of it. */
export function useEnding(): Ending {
  const services = useServices();
  const [busy, setBusy] = useState(false);
  const [note, setNote] = useState<EndingNote | null>(null);
  const [ended, setEnded] = useState<readonly EndedHere[]>([]);

  async function working(work: (parts: Parts) => Promise<EndingNote | null>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setNote(null);
    try {
      const parts = await Promise.all([slotWork.load(), services.slotCounter.load()]).catch(() => null);
      setNote(parts ? await work(parts[0]) : notFetched);
    } finally {
      setBusy(false);
    }
  }

  return {
    busy,
    note,
    ended,
    end: (count, targets, all) =>
      working(async ({ endSessions }) => {
        const { told, note: said } = await endSessions(services, count, targets, all);
        setEnded((before) => [...before, ...told]);
        return said;
      }),
    recount: (key) => working(({ recount }) => recount(services, key)),
    unlock: (count) => working(({ unlockPerson }) => unlockPerson(services, count)),
  };
}

type Parts = Awaited<ReturnType<typeof slotWork.load>>;
