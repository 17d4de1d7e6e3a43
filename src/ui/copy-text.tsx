import { writeToClipboard } from '../lib/write-clipboard.ts';
import { Button } from './button.tsx';
import { useNotify } from './notices.tsx';

interface CopyTextProps {
  /** What it is, in the middle of a sentence: "redirect URI". */
  readonly what: string;
  /** No secret. A function where it is to be made first. */
  readonly text: string | (() => Promise<string>);
  /** On the button, where "Copy" alone does not say enough. */
  readonly label?: string;
}

/** Copies a text that anybody may read. */
export function CopyText({ what, text, label }: CopyTextProps) {
  const notify = useNotify();
  async function copy(): Promise<void> {
    const made = typeof text === 'string' ? Promise.resolve(text) : text();
    const done = await writeToClipboard(made).catch(() => 'refused');
    notify(
      done === 'copied'
        ? { tone: 'ok', title: `Copied the ${what}` }
        : {
            tone: 'warn',
            title: 'The browser did not allow the copy.',
            more: `Select the ${what} and copy it by hand.`,
          },
    );
  }
  return (
    <Button size="small" aria-label={label ?? `Copy the ${what}`} onClick={() => void copy()}>
      {label ?? 'Copy'}
    </Button>
  );
}
