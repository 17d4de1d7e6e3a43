import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react';
import { Band, type Tone } from './band.tsx';
import { Button } from './button.tsx';

interface Notice {
  readonly tone: Tone;
  readonly title: string;
  readonly more?: string;
}

type Notify = (notice: Notice) => void;

const NotifyContext = createContext<Notify | null>(null);

/** Good news leaves by itself; what went wrong stays until it is dismissed. */
const SHOWN_MS = 8_000;
const SHOWN_MAX = 4;

/** Short answers to what was just done, at the foot of the window, read out politely. */
export function Notices({ children }: { readonly children: ReactNode }) {
  const [notices, setNotices] = useState<readonly (Notice & { readonly id: number })[]>([]);
  const lastId = useRef(0);

  const dismiss = useCallback((id: number): void => {
    setNotices((all) => all.filter((notice) => notice.id !== id));
  }, []);
  const notify = useCallback<Notify>(
    (notice) => {
      lastId.current += 1;
      const id = lastId.current;
      setNotices((all) => [...all, { ...notice, id }].slice(-SHOWN_MAX));
      if (notice.tone === 'ok' || notice.tone === 'busy') setTimeout(dismiss, SHOWN_MS, id);
    },
    [dismiss],
  );

  return (
    <NotifyContext value={notify}>
      {children}
      <div role="status" className="notices">
        {notices.map(({ id, tone, title, more }) => (
          <div key={id} className="notice">
            <Band
              tone={tone}
              title={title}
              action={
                <Button size="small" look="quiet" aria-label={`Dismiss: ${title}`} onClick={() => dismiss(id)}>
                  Dismiss
                </Button>
              }
            >
              {more}
            </Band>
          </div>
        ))}
      </div>
    </NotifyContext>
  );
}

/** Shows and reads out a short answer. The sentence stays on the screen, so it must hold no secret. */
export function useNotify(): Notify {
  const notify = useContext(NotifyContext);
  if (!notify) throw new Error('Something that notifies was rendered outside of Notices');
  return notify;
}
