import { givingUpWords, isAwaited, isOver } from '../revocation/give-up.ts';
import type { JobView } from '../revocation/job.ts';
import { AskFirst } from '../ui/ask-first.tsx';
import { Button, type ButtonLook, type ButtonSize } from '../ui/button.tsx';

interface GiveUpJobProps {
  readonly job: JobView;
  /** What giving up is called where nothing is awaited yet. */
  readonly label: string;
  /** Beside the button that closes what is over. */
  readonly title?: string;
  readonly look?: ButtonLook;
  readonly size?: ButtonSize;
  /** `unheard`: a call under way is waited for no longer. */
  readonly onClose: (unheard: boolean) => void;
}

/** Closes a job. What is not settled is given up, which is asked about first. */
export function GiveUpJob({ job, label, title, look = 'secondary', size = 'normal', onClose }: GiveUpJobProps) {
  if (job.items.every(isOver)) {
    return (
      <Button size={size} {...(title !== undefined && { title })} onClick={() => onClose(false)}>
        Close
      </Button>
    );
  }
  const isUnheard = isAwaited(job);
  return (
    <>
      {isUnheard && <span role="status">Given up. The call under way is awaited.</span>}
      <AskFirst
        key={String(isUnheard)}
        {...{ look, size }}
        label={isUnheard ? 'Do not wait…' : label}
        means={givingUpWords(job)}
        word={isUnheard ? 'Close without the answer' : 'Give it up'}
        onPress={() => onClose(isUnheard)}
      />
    </>
  );
}
