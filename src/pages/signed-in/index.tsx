import { useSearchParams } from 'react-router';
import { Link } from '../../ui/link.tsx';
import { Brand } from '../../ui/brand.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { State, type StateKind } from '../../ui/state.tsx';

interface Landing {
  readonly title: string;
  readonly kind: StateKind;
  readonly state: string;
  readonly then: string;
}

/** The address was opened without a vendor's redirect. */
const openedByItself: Landing = {
  title: 'Nothing was signed in here',
  kind: 'unknown',
  state: 'No vendor sent the browser to this page.',
  then: 'A vendor’s sign-in page ends here; nothing else does. Sessions that are open stay as they are.',
};

/** By `outcome` in the address, as the gateway's redirect names it. */
const landings: Readonly<Record<string, Landing>> = {
  taken: {
    title: 'You can close this tab',
    kind: 'ready',
    state: 'Signed in at the vendor.',
    then: 'The tab of Keyward in which you began takes over from here and says what came of it. Where it was closed or reloaded meanwhile, start again there.',
  },
  refused: {
    title: 'Not signed in',
    kind: 'bad',
    state: 'The vendor sent the browser back without signing in.',
    then: 'No session was opened. The tab of Keyward in which you began says why, and starts again. You can close this one.',
  },
  unknown: {
    title: 'This sign-in was not taken',
    kind: 'bad',
    state:
      'Keyward does not wait for it: it came a second time, too late, after it was cancelled, or it was not begun here.',
    then: 'Nothing was signed in by it, and what it brought was dropped. Sessions that are open stay as they are. Close this tab, and start again in Keyward where no session was opened.',
  },
};

/** Where a vendor's sign-in page sends its tab in the end. The tab that began the sign-in carries on by itself. */
export function Page() {
  const [query] = useSearchParams();
  const outcome = query.get('outcome') ?? '';
  const { title, kind, state, then } =
    (Object.hasOwn(landings, outcome) ? landings[outcome] : undefined) ?? openedByItself;
  return (
    <main className="mx-auto grid min-h-dvh max-w-prose content-center justify-items-start gap-4 p-6">
      <Brand />
      <PageHeader title={title}>
        <State kind={kind}>{state}</State>
      </PageHeader>
      <p className="text-ink-2">{then}</p>
      <Link to="/" className="text-ink-2 underline underline-offset-2 hover:text-ink">
        Open Keyward in this tab instead
      </Link>
    </main>
  );
}
