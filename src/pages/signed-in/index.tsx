import { useEffect, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { one } from '../../lib/shape.ts';
import { randomName, systemRandom } from '../../lib/random.ts';
import { openLandings } from '../../refresh/landing.ts';
import { Link } from '../../ui/link.tsx';
import { Brand } from '../../ui/brand.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { State, type StateKind } from '../../ui/state.tsx';

const ASK_EVERY_MS = 500;
/** A tab that is there answers within two questions, and one at the gateway. */
const ASK_MAX = 10;

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

/** Whether the tab that began the sign-in took up what came back: it alone has the verifier (RFC 7636). */
const answers = ['asked', 'heard', 'nobody'] as const;
type Answer = (typeof answers)[number];
const isAnswer = one(answers);

const refused = {
  title: 'Not signed in',
  kind: 'bad',
  state: 'The vendor sent the browser back without signing in.',
} as const;

const unknown: Landing = {
  title: 'This sign-in was not taken',
  kind: 'bad',
  state:
    'Keyward does not wait for it: it came a second time, too late, after it was cancelled, or it was not begun here.',
  then: 'Nothing was signed in by it, and what it brought was dropped. Sessions that are open stay as they are. Close this tab, and start again in Keyward where no session was opened.',
};

/** By `outcome` in the address, as the gateway's redirect names it, and by what the other tabs said. */
const landings: Readonly<Record<string, Readonly<Record<Answer, Landing>>>> = {
  taken: {
    asked: {
      title: 'Signed in at the vendor',
      kind: 'busy',
      state: 'Asking for the tab of Keyward in which you began…',
      then: 'It alone can go on from here. Keep it open.',
    },
    heard: {
      title: 'You can close this tab',
      kind: 'ready',
      state: 'Signed in at the vendor.',
      then: 'The tab of Keyward in which you began took over from here, and says what came of it.',
    },
    nobody: {
      title: 'Not signed in here',
      kind: 'bad',
      state: 'The vendor signed in, and no tab of Keyward in this browser took over.',
      then: 'The one in which you began was closed, reloaded or locked meanwhile, and it alone could have gone on. No session was opened here, and the code that came back is of no use to anybody. Close this tab, and start again in Keyward.',
    },
  },
  refused: {
    asked: { ...refused, then: 'No session was opened.' },
    heard: {
      ...refused,
      then: 'No session was opened. The tab of Keyward in which you began says why, and starts again. You can close this one.',
    },
    nobody: {
      ...refused,
      then: 'No session was opened, and no tab of Keyward in this browser waits for it any more. Close this one, and start again in Keyward.',
    },
  },
  unknown: { asked: unknown, heard: unknown, nobody: unknown },
};

/** Where a vendor's sign-in page sends its tab in the end. The tab that began the sign-in carries on by itself. */
export function Page() {
  const [query] = useSearchParams();
  const outcome = query.get('outcome') ?? '';
  const answer = useAnswer(outcome);
  const { title, kind, state, then } =
    (Object.hasOwn(landings, outcome) ? landings[outcome]?.[answer] : undefined) ?? openedByItself;
  return (
    <main className="mx-auto grid min-h-dvh max-w-prose content-center justify-items-start gap-4 p-6">
      <Brand />
      <PageHeader title={title}>
        <State kind={kind}>{state}</State>
      </PageHeader>
      <p role="status" className="text-ink-2">
        {then}
      </p>
      <Link to="/" className="text-ink-2 underline underline-offset-2 hover:text-ink">
        Open Keyward in this tab instead
      </Link>
    </main>
  );
}

/** Asks the other tabs until one says that it took up what came back, or none did for long enough. */
function useAnswer(outcome: string): Answer {
  const { search, ...place } = useLocation();
  const state: unknown = place.state;
  const navigate = useNavigate();
  const [tab] = useState(() => randomName(systemRandom));
  // Kept with this entry of the tab's history: whoever reloads the page is told the same, and nobody is asked again.
  const answer = isAnswer(state) ? state : 'asked';
  const asks = answer === 'asked' && (outcome === 'taken' || outcome === 'refused');
  useEffect(() => {
    if (!asks) return undefined;
    const channel = openLandings();
    let asked = 0;
    const finish = (found: Answer): void => {
      stop();
      void navigate({ search }, { replace: true, state: found });
    };
    const ask = (): void => {
      if (asked === ASK_MAX) return finish('nobody');
      asked += 1;
      channel.post({ what: 'landed', tab });
    };
    const timer = setInterval(ask, ASK_EVERY_MS);
    const leave = channel.listen((message) => {
      if (message.what === 'heard' && message.tab === tab) finish('heard');
    });
    const stop = (): void => {
      clearInterval(timer);
      leave();
    };
    ask();
    return stop;
  }, [asks, navigate, search, tab]);
  return answer;
}
