import { useEffect, useRef, useState, type MouseEvent } from 'react';
import { useStore } from 'zustand';
import { useAnsweredSince } from '../../console/use-answered-since.ts';
import { useForgetful, useServices } from '../../console/use-services.ts';
import type { Failure } from '../../http/failure.ts';
import type { CodeSignIn, FormValues } from '../../providers/sign-in-way.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { useTime } from '../../ui/use-time.ts';
import { visitOf, type Visit, type VisitState } from './code-visit.ts';
import { FormFields } from '../form-fields.tsx';
import { keepingWords } from './keeping-words.ts';
import { RegistrationNote } from './registration-note.tsx';
import { SignInAnswer, type Answering } from './sign-in-answer.tsx';
import type { Desk } from './sign-in-desk.ts';
import { fetchAhead, visitNews } from './sign-in-parts.ts';
import { initialValues, missingIn, readForm } from '../typed-values.ts';
import { VisitStanding } from './visit-standing.tsx';

/** A way in whose code comes by a visit to the vendor's own page. */
export type VisitWay = CodeSignIn & { readonly obtain: { readonly by: 'visit' } };

interface VisitSignInProps extends Answering {
  readonly way: VisitWay;
  readonly desk: Desk;
}

/** Signing in at the vendor's own page, by an ordinary link to a new tab: no popup, no opener, and this page stays. */
export function VisitSignIn({ way, desk, ...answering }: VisitSignInProps) {
  const { provider, connection } = answering;
  const services = useServices();
  const visit = visitOf(services, { provider, connection, way });
  const state = useStore(visit.state);
  const forgetful = useForgetful();
  const { outcome, news } = useStore(desk.state);
  const own = news.find(({ via }) => via.id === way.id) ?? null;
  const [values, setValues] = useState<FormValues>(() => initialValues(way.fields, connection));
  const answer = useRef<HTMLDivElement>(null);
  useFreshState(visit);
  useAnotherTry(visit, state);
  useFocusOnAnswer(answer, own);

  return (
    <div className="grid gap-3.5">
      <SignInAnswer {...answering} outcome={outcome} pause={undefined} onDismiss={desk.dismiss} />
      <SignInAnswer {...answering} ref={answer} outcome={own} pause={undefined} onDismiss={desk.dismiss} />
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => event.preventDefault()}
        onInput={(event) => setValues(readForm(event.currentTarget, way.fields))}
      >
        <FormFields fields={way.fields} connection={connection} missing={[]} />
        <p className="text-sm text-ink-2">{keepingWords(provider, way.id, connection, forgetful)}</p>
        {state.kind === 'ready' || state.kind === 'preparing' ? (
          <Departure way={way} state={state} values={values} {...answering} visit={visit} />
        ) : (
          <VisitStanding state={state} visit={visit} providerName={provider.name} />
        )}
      </form>
      <RegistrationNote registration={way.registration} connection={connection} />
    </div>
  );
}

interface DepartureProps extends Pick<Answering, 'provider' | 'connection' | 'ahead'> {
  readonly way: VisitWay;
  readonly state: Extract<VisitState, { kind: 'ready' | 'preparing' }>;
  readonly values: FormValues;
  readonly visit: Visit;
}

/** The link that leads to the vendor's page; following it begins the wait. */
function Departure({ way, state, values, provider, connection, ahead, visit }: DepartureProps) {
  const label = `Authorize at ${provider.name}`;
  const href = state.kind === 'ready' ? way.obtain.href(values, connection, state.grant) : undefined;
  const missing = missingIn(way.fields, values);
  const follow = (event: MouseEvent): void => {
    // The middle button opens a tab as well, and the right one a menu.
    if (!href?.ok || event.button === 2) return;
    // The person is at the vendor's page meanwhile.
    Promise.all([fetchAhead({ provider, way, ofPage: ahead }), visitNews.load()]).catch(() => undefined);
    visit.begin(values, href.value);
  };
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
        {href?.ok ? (
          <a
            href={href.value}
            target="_blank"
            rel="noopener noreferrer"
            className={buttonClass('primary')}
            onClick={follow}
            onAuxClick={follow}
          >
            {label}
          </a>
        ) : (
          <Button look="primary" disabled>
            {label}
          </Button>
        )}
        <span className="min-w-0 flex-1 basis-48 text-ink-2">
          {href && !href.ok ? impediment(way, missing, href.failure) : way.sends}
        </span>
      </div>
      {state.kind === 'ready' && state.givenUp && (
        <p role="status" className="text-ink-2">
          Given up: nothing was signed in. If {provider.name}’s tab is still open, close it.
        </p>
      )}
    </div>
  );
}

/** Why there is nothing to follow yet. What nobody has filled in so far is no failure. */
function impediment({ fields }: VisitWay, missing: readonly string[], { sentence, next }: Failure): string {
  const labels = fields.filter(({ name }) => missing.includes(name)).map(({ label }) => label);
  return labels.length > 0 ? `Needs: ${labels.join(', ')}.` : `${sentence} ${next}`;
}

/** Announces a state while the panel is in sight, and a new one before it grows old. */
function useFreshState(visit: Visit): void {
  const { ticker } = useTime();
  useEffect(() => {
    visit.prepare();
    return ticker.watch(() => visit.prepare());
  }, [visit, ticker]);
}

/** An announcement sends nothing to the vendor, so it is made anew by itself once the gateway is back. */
function useAnotherTry(visit: Visit, state: VisitState): void {
  const back = useAnsweredSince(state.kind === 'unprepared' ? state : null);
  useEffect(() => {
    if (back) visit.again();
  }, [back, visit]);
}

/** What came of the visit is read first, once the person is back. */
function useFocusOnAnswer(answer: { readonly current: HTMLElement | null }, outcome: unknown): void {
  const before = useRef(outcome);
  useEffect(() => {
    if (outcome && outcome !== before.current) answer.current?.focus();
    before.current = outcome;
  }, [answer, outcome]);
}
