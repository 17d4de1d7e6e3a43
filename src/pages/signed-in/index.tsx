import { Link } from 'react-router';
import { Brand } from '../../ui/brand.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { State } from '../../ui/state.tsx';

/** Where a vendor's sign-in page sends its tab in the end. The tab that began the sign-in carries on by itself. */
export function Page() {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-start gap-4 p-6">
      <Brand />
      <PageHeader title="You can close this tab">
        <State kind="ready">Signed in at the vendor.</State>
      </PageHeader>
      <p className="max-w-prose text-ink-2">
        The tab of Keyward in which you began takes over from here and shows the new session.
      </p>
      <Link to="/" className="text-ink-2 underline underline-offset-2 hover:text-ink">
        Open Keyward in this tab instead
      </Link>
    </main>
  );
}
