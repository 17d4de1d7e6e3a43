import { useEffect, useRef } from 'react';
import type { Notice } from '../console/services.ts';
import { useAnnouncements } from '../console/use-services.ts';
import { useNotify } from '../ui/notices.tsx';

/** What was said is said: neither a second drawing nor another page repeats it. With what takes it off the screen. */
const said = new WeakMap<Notice, () => void>();

/** What happened without anybody having asked for it, told once and on the screen until it is dismissed or over. */
export function Announcements() {
  const announced = useAnnouncements();
  const notify = useNotify();
  const before = useRef(announced);
  useEffect(() => {
    for (const notice of before.current) if (!announced.includes(notice)) said.get(notice)?.();
    before.current = announced;
    for (const notice of announced.toReversed()) {
      if (said.has(notice)) continue;
      said.set(notice, notify({ tone: 'warn', title: notice.sentence }));
    }
  }, [announced, notify]);
  return null;
}
