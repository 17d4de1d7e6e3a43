import type { Guide } from '../../providers/guide.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyText } from '../../ui/copy-text.tsx';

/** Numbered steps for a person, with the page to open and the command to copy. */
export function GuideSteps({ guide, titled = false }: { readonly guide: Guide; readonly titled?: boolean }) {
  const { title, steps, page, command, proof } = guide;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {titled && <p className="font-semibold">{title}</p>}
      <ol className="grid list-decimal gap-1 pl-5 wrap-anywhere">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {page && (
        <p>
          <a className="underline underline-offset-2" href={page.href} target="_blank" rel="noopener noreferrer">
            {page.label} <span aria-hidden="true">↗</span>
            <span className="sr-only">, in a new tab</span>
          </a>
        </p>
      )}
      {command !== undefined && (
        <CodeBlock label={`Command: ${title}`} action={<CopyText what="command" text={command} />}>
          {command}
        </CodeBlock>
      )}
      {proof !== undefined && <p className="text-sm text-ink-2">{proof}</p>}
    </div>
  );
}
