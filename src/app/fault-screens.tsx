/** What stands where a page broke, or could not be fetched: in words, and with what to do. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../console/use-services.ts';
import { Button } from '../ui/button.tsx';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

interface NotFetchedProps {
  /** How often it was tried again in vain. */
  readonly tries: number;
  /** Takes this off the screen, and fetches the page again. */
  readonly onRetry: () => void;
}

interface BrokenProps {
  readonly onRetry: () => void;
}

export function Broken({ onRetry }: BrokenProps) {
  return (
    <div className="fault" role="alert">
      <h1 className="text-xl font-semibold">This page broke</h1>
      <p>What draws this page met a fault of its own. Nothing was sent because of it.</p>
      <p>Try again first. A reload forgets sessions that are in memory only: copy what you need on another page.</p>
      <div className="flex gap-2">
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
        <Button onClick={() => location.reload()}>Reload Keyward</Button>
      </div>
    </div>
  );
}

/** Stays until the gateway, which has the page, answers again. */
export function NotFetched({ tries, onRetry }: NotFetchedProps) {
  useRetryOnceAnswering(tries, onRetry);
  const online = useStore(useServices().state, (state) => state.offlineSinceMs === null);
  return (
    <div className="fault" role="alert">
      <h1 className="text-xl font-semibold">This page could not be fetched</h1>
      <p>
        {online ? 'The' : 'This browser is offline, and the'} gateway, which has it, did not answer. Nothing was sent
        because of it, and the sessions here are as they were: the overview still shows them.
      </p>
      <p>
        {online && (
          <>
            Check that <code className="font-mono text-sm">npm start</code> still runs.{' '}
          </>
        )}
        The page comes by itself once {online ? 'the gateway answers' : 'the line is back'}; a reload does not help, and
        forgets sessions that are kept in memory only.
      </p>
      <div>
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </div>
  );
}

/** Ever more seldom where the gateway answers and the page still does not come. */
function useRetryOnceAnswering(tries: number, onRetry: () => void): void {
  const { hands } = useServices();
  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      const answers = (await hands.boot()) !== undefined;
      if (left) return;
      if (answers) onRetry();
      else wait(FIRST_WAIT_MS);
    };
    const wait = (waitMs: number): void => {
      timer = setTimeout(() => void ask(), waitMs);
    };
    wait(Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS));
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [hands, tries, onRetry]);
}
