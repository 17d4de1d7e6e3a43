import { useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Registration } from '../../providers/sign-in-way.ts';
import { CopyText } from '../../ui/copy-text.tsx';

interface RegistrationNoteProps {
  readonly registration: Registration;
  readonly connection: Connection;
  readonly providerName: string;
}

/** What somebody must register at the vendor before this way works: said beforehand, because it fails without it. */
export function RegistrationNote({ registration, connection, providerName }: RegistrationNoteProps) {
  const { hands } = useServices();
  const redirectUri = hands.redirectUri(connection.id);
  const href = registration.href?.(connection);
  return (
    <section aria-label="What must be registered first" className="grid gap-2 border-t border-line pt-3">
      <p className="text-ink-2">{registration.sentence}</p>
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-ink-2">Redirect URI</span>
        <code className="min-w-0 rounded border border-line bg-sunk px-2.5 py-1 font-mono text-sm wrap-anywhere">
          {redirectUri}
        </code>
        <CopyText what="redirect URI" text={redirectUri} />
      </div>
      {href !== undefined && (
        <p>
          <a className="underline" href={href} target="_blank" rel="noopener noreferrer">
            Open {providerName}’s registration page
          </a>{' '}
          <span className="text-ink-3">in a new tab</span>
        </p>
      )}
    </section>
  );
}
