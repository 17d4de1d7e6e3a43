import { writeToClipboard } from '../../lib/write-clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { useNotify } from '../../ui/notices.tsx';
import type { Composed } from './compose-entry.ts';

/** The entry as it will stand in the file, and what is still wrong with it. */
export function ComposedEntry({ composed: { entry, faults } }: { readonly composed: Composed }) {
  const notify = useNotify();
  const text = JSON.stringify(entry, null, 2);
  const left = Object.entries(faults);

  async function copy(): Promise<void> {
    const done = await writeToClipboard(Promise.resolve(text));
    notify(
      done === 'copied'
        ? { tone: 'ok', title: 'Entry copied.', more: 'Paste it into the list of connections in the operator’s file.' }
        : {
            tone: 'warn',
            title: 'The browser did not allow the copy.',
            more: 'Select the entry and copy it by hand.',
          },
    );
  }

  return (
    <div className="grid gap-2">
      <CodeBlock
        label="Entry for the operator’s file"
        action={
          <Button size="small" disabled={left.length > 0} onClick={() => void copy()}>
            Copy entry
          </Button>
        }
      >
        {text}
      </CodeBlock>
      {left.length > 0 ? (
        <div className="text-sm text-ink-2">
          <p>Before it can be copied:</p>
          <ul className="mt-1 list-disc pl-4">
            {left.map(([field, sentence]) => (
              <li key={field}>{sentence}</li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="text-sm text-ink-2">Complete. Entries in the list are separated by commas.</p>
      )}
    </div>
  );
}
