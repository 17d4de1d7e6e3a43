import { useState } from 'react';
import type { SlotCount } from '../../console/slot-counter.ts';
import { useServices } from '../../console/use-services.ts';
import type { Tone } from '../../ui/band.tsx';
import type { Seen } from './seen-sessions.ts';
import { slotWork } from './slot-parts.ts';
import { partMissing } from '../../lib/later.ts';

export interface EndingNote {
  readonly tone: Tone;
  readonly title: string;
  readonly more: string;
}

/** What is said beside that count: a later one may know what this one did not. */
export type Saying = (count: SlotCount | undefined) => EndingNote | null;

export interface Ending {
  readonly busy: boolean;
  readonly note: Saying;
  end(count: SlotCount, targets: readonly Seen[], all: boolean): Promise<void>;
  recount(key: string): Promise<void>;
  unlock(count: SlotCount): Promise<void>;
}

const { sentence: title, ...missing } = partMissing('sent');
const notFetched: EndingNote = { ...missing, title };
const always =
  (note: EndingNote | null): Saying =>
  () =>
    note;
const silence = { say: always(null) };

/** What ends sessions, one piece of work at a time, and what came of it. */
export function useEnding(): Ending {
  const services = useServices();
  const [busy, setBusy] = useState(false);
  const [note, setNote] = useState<{ readonly say: Saying }>(silence);

  async function working(work: (parts: Parts) => Promise<Saying>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setNote(silence);
    try {
      const parts = await Promise.all([slotWork.load(), services.slotCounter.load()]).catch(() => null);
      setNote({ say: parts ? await work(parts[0]) : always(notFetched) });
    } finally {
      setBusy(false);
    }
  }

  return {
    busy,
    note: note.say,
    end: (count, targets, all) =>
      working(async ({ endSessions }) => (await endSessions(services, count, targets, all)).say),
    recount: (key) => working(async ({ recount }) => always(await recount(services, key))),
    unlock: (count) => working(async ({ unlockPerson }) => always(await unlockPerson(services, count))),
  };
}

type Parts = Awaited<ReturnType<typeof slotWork.load>>;
