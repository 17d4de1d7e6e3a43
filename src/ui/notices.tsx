import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react';
import { Band, type Tone } from './band.tsx';
import { Button } from './button.tsx';

interface Notice {
  readonly tone: Tone;
  readonly title: string;
  readonly more?: string;
}

/** Returns what takes it off the screen. */
type Notify = (notice: Notice) => () => void;

const NotifyContext = createContext<Notify | null>(null);

type Kept = Notice & { readonly id: number };

/** Good news leaves by itself; what went wrong stays until it is dismissed, one at a time. */
const SHOWN_MS = 8_000;
const PASSING_MAX = 3;
/** Nobody reads further back. */
const STAYING_MAX = 20;

const passes = ({ tone }: Notice): boolean => tone === 'ok' || tone === 'busy';

function add(all: readonly Kept[], notice: Kept): readonly Kept[] {
  const others = all.filter((one) => passes(one) || one.title !== notice.title || one.more !== notice.more);
  const next = [...others, notice];
  return [...next.filter(passes).slice(-PASSING_MAX), ...next.filter((one) => !passes(one)).slice(-STAYING_MAX)];
}

/** Short answers to what was just done, at the foot of the window, read out politely. */
export function Notices({ children }: { readonly children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Kept[]>([]);
  const lastId = useRef(0);

  const dismiss = useCallback((id: number): void => {
    setNotices((all) => all.filter((notice) => notice.id !== id));
  }, []);
  const notify = useCallback<Notify>(
    (notice) => {
      lastId.current += 1;
      const id = lastId.current;
      setNotices((all) => add(all, { ...notice, id }));
      if (passes(notice)) setTimeout(dismiss, SHOWN_MS, id);
      return () => dismiss(id);
    },
    [dismiss],
  );

  const staying = notices.filter((one) => !passes(one));
  const newest = staying.at(-1);
  const shown = [...notices.filter(passes), ...(newest ? [newest] : [])];
  return (
    <NotifyContext value={notify}>
      {children}
      <div role="status" className="notices">
        {shown.map(({ id, tone, title, more }) => (
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
              {more} {id === newest?.id && staying.length > 1 && `${staying.length - 1} more under this one.`}
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
  if (!notify) throw new Error('Outside of Notices');
  return notify;
}
