import { useId, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Registration, VendorPage } from '../../providers/sign-in-way.ts';
import { CopyText } from '../../ui/copy-text.tsx';

interface RegistrationNoteProps {
  readonly registration: Registration;
  readonly connection: Connection;
}

/** What somebody must register at the vendor before this way works: said beforehand, because it fails without it. */
export function RegistrationNote({ registration, connection }: RegistrationNoteProps) {
  const { sentence, more = [], pageOf } = registration;
  const { hands } = useServices();
  const page = registration.page?.(connection);
  return (
    <section aria-labelledby="registration" className="grid gap-2.5 border-t border-line pt-3">
      <h3 id="registration" className="font-semibold">
        What must be registered first
      </h3>
      <p className="max-w-prose text-ink-2">{sentence}</p>
      <RedirectUri uri={hands.redirectUri(connection.id)} />
      {pageOf && <PageToName pageOf={pageOf} connection={connection} />}
      {page && (
        <p>
          <PageLink page={page} />
        </p>
      )}
      {more.length > 0 && (
        <ul className="grid max-w-prose list-disc gap-1 pl-4.5 text-ink-2">
          {more.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function RedirectUri({ uri }: { readonly uri: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-ink-2">Redirect URI</span>
      <code className="min-w-0 rounded border border-line bg-sunk px-2.5 py-1 font-mono text-sm wrap-anywhere">
        {uri}
      </code>
      <CopyText what="redirect URI" text={uri} />
    </div>
  );
}

interface PageToNameProps {
  readonly pageOf: NonNullable<Registration['pageOf']>;
  readonly connection: Connection;
}

/** A page whose address takes something that only the person knows. Until it is typed there is nothing to follow. */
function PageToName({ pageOf, connection }: PageToNameProps) {
  const id = useId();
  const [page, setPage] = useState<VendorPage>();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label htmlFor={id} className="text-ink-2">
        {pageOf.label}
      </label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        className="input w-24! font-mono"
        onChange={({ target }) => setPage(pageOf.page(connection, target.value))}
      />
      <span className="min-w-0 flex-1 basis-48">
        {page ? <PageLink page={page} /> : <span className="text-sm text-ink-3">{pageOf.hint}</span>}
      </span>
    </div>
  );
}

function PageLink({ page: { label, href } }: { readonly page: VendorPage }) {
  return (
    <>
      <a className="underline" href={href} target="_blank" rel="noopener noreferrer">
        {label}
      </a>{' '}
      <span className="text-ink-3">in a new tab</span>
    </>
  );
}
