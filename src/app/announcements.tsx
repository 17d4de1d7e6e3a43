import { useEffect } from 'react';
import type { Notice } from '../console/services.ts';
import { useAnnouncements } from '../console/use-services.ts';
import { useNotify } from '../ui/notices.tsx';

/** What was said is said: neither a second drawing nor another page repeats it. */
const said = new WeakSet<Notice>();

/** What happened without anybody having asked for it, told once and kept on the screen until it is dismissed. */
export function Announcements() {
  const announced = useAnnouncements();
  const notify = useNotify();
  useEffect(() => {
    for (const notice of announced.toReversed()) {
      if (said.has(notice)) continue;
      said.add(notice);
      notify({ tone: 'warn', title: notice.sentence });
    }
  }, [announced, notify]);
  return null;
}
