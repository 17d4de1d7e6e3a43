import { Suspense } from 'react';
import { Board } from '../../features/revoke/board.tsx';
import { Contain } from '../../features/revoke/contain.tsx';
import { lazyPart } from '../../ui/lazy-part.ts';
import { PageHeader } from '../../ui/page-header.tsx';

const SignInHere = lazyPart(async () => (await import('./sign-in-here.tsx')).SignInHere);

/** What is being ended, until it is proven dead. */
export function Page() {
  return (
    <>
      <PageHeader title="Incidents">
        What is revoked, with its evidence, until it is proven dead. A yes of a server proves nothing.
      </PageHeader>
      <Board
        renderSignIn={(item) => (
          <Suspense fallback={<p className="text-ink-2">Loading…</p>}>
            <SignInHere item={item} />
          </Suspense>
        )}
      />
      <Contain />
    </>
  );
}
