import { createElement, useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useAnsweredSince } from '../../console/use-answered-since.ts';
import { useServices, useSessions } from '../../console/use-services.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import type { FormValues, SignInWay } from '../../providers/sign-in-way.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { useLater } from '../../ui/use-later.ts';
import { FormFields } from '../form-fields.tsx';
import type { Answering } from './sign-in-answer.tsx';
import { SignInAnswer } from './sign-in-answer.tsx';
import type { Desk, Job } from './sign-in-desk.ts';
import { submit, userOf } from './sign-in-work.ts';
import { freedParts } from './freed-parts.ts';
import { knownParts } from './known-parts.ts';
import { fetchAhead, pauseParts, signInParts } from './sign-in-parts.ts';
import { fillIn, focusField, initialValues, missingIn, readForm } from '../typed-values.ts';
import { useStandingPause } from './use-standing-pause.ts';

interface WayFormProps extends Answering {
  readonly way: SignInWay;
  readonly desk: Desk;
  /** What the button sends. The boxes of the form that belong to no field are read from the form itself. */
  readonly jobOf: (values: FormValues, form: FormData) => Job;
  readonly button: string;
  /** Said beside the button: what it will send. */
  readonly sends: string;
  /** Between the fields and the button. */
  readonly children?: ReactNode;
}

const stay =
  'Stay until it is answered: leaving now may leave a session open. The next start of this page in this tab logs it out.';

/** A way in as a form. What is typed lives in its inputs and nowhere else, and is gone once it was accepted. */
export function WayForm({ way, desk, jobOf, button, sends, children, ...answering }: WayFormProps) {
  const { provider, connection, onUse, ahead, fetchFreeing } = answering;
  const services = useServices();
  const form = useRef<HTMLFormElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  const waitsForAnswer = useRef(false);
  const hasAll = useRef(false);
  const letGo = useRef<() => void>(null);
  useEffect(() => () => letGo.current?.(), []);
  const state = useStore(desk.state);
  const { running, outcome, doubts } = state;
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [fetching, setFetching] = useState<'no' | 'under way' | 'failed'>('no');
  const [user, setUser] = useState(() => userOf(way, initialValues(way.fields, connection)).key);
  const pause = useStandingPause(state, user);

  // In the same step as the answer is drawn: what is typed after it belongs to the next sign-in.
  useLayoutEffect(() => {
    if (!waitsForAnswer.current || running || (!outcome && doubts.length === 0)) return;
    waitsForAnswer.current = false;
    if (outcome && outcome.kind !== 'failed') form.current?.reset();
    answer.current?.focus();
  }, [outcome, doubts, running]);

  const sharePause = useCallback(async (): Promise<void> => {
    if (provider.slots) (await pauseParts.load()).sharePause(services, desk, connection.id);
  }, [services, desk, connection.id, provider]);
  useEffect(() => void sharePause().catch(() => undefined), [sharePause]);

  const fetchAll = useCallback(async (): Promise<boolean> => {
    const arrived = await Promise.all([fetchAhead({ provider, way, ofPage: ahead }), sharePause()]).then(
      () => true,
      () => false,
    );
    hasAll.current = arrived;
    return arrived;
  }, [sharePause, provider, way, ahead]);

  useEffect(() => {
    const place = form.current;
    // What does not arrive is asked for again before anything is sent.
    const fetch = (): void => void fetchAll();
    place?.addEventListener('focusin', fetch);
    return () => place?.removeEventListener('focusin', fetch);
  }, [fetchAll]);

  async function send(sure: boolean): Promise<void> {
    const typed = form.current && readForm(form.current, way.fields);
    if (!form.current || !typed || desk.state.getState().running) return;
    const empty = missingIn(way.fields, typed);
    setMissing(empty);
    setUser(userOf(way, typed).key);
    if (empty[0] !== undefined) {
      // The answer to an earlier press says nothing of this one, and may be all that holds the form open.
      letGo.current ??= desk.hold();
      desk.leaveAnswer(way.id);
      focusField(form.current, empty[0]);
      return;
    }
    const job = jobOf(typed, new FormData(form.current));
    if (!hasAll.current) {
      setFetching('under way');
      const arrived = await fetchAll();
      setFetching(arrived ? 'no' : 'failed');
      if (!arrived) return;
    }
    const doubtsOf = sure ? undefined : signInParts.now()?.doubtsOf;
    waitsForAnswer.current = true;
    await submit(services, desk, { ...job, send: () => withFreeing(job.send(), fetchFreeing) }, doubtsOf);
  }

  const slots = { connection: connection.id, rule: provider.slots?.(connection) };
  const known = useLater(knownParts, useSessions().length > 0 && slots.rule !== undefined);
  const parts = pauseParts.now();
  const impediment = way.impediment?.(connection);
  const takesSlot = provider.operations[way.kind === 'code' ? '' : way.operation]?.effect === 'slot';

  return (
    <div className="grid gap-3.5">
      <SignInAnswer
        {...answering}
        ref={answer}
        outcome={outcome}
        pause={pause}
        onUse={(sessionId) => {
          desk.withdraw();
          onUse(sessionId);
        }}
        asked={{
          doubts,
          onSure: () => void send(true),
          onWithdraw: () => {
            desk.withdraw();
            focusField(form.current, way.fields[0]?.name);
          },
        }}
        onDismiss={desk.dismiss}
        onTake={(offered) => {
          fillIn(form.current, offered);
          void send(false);
        }}
      />
      <form
        ref={form}
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void send(false);
        }}
        onInput={(event) => {
          setUser(userOf(way, readForm(event.currentTarget, way.fields)).key);
          setMissing([]);
        }}
      >
        {provider.signIn.length === 1 && <p className="text-ink-2">{way.reason}</p>}
        {impediment && (
          <Band tone="bad" title={impediment.sentence}>
            {impediment.next}
          </Band>
        )}
        <FormFields fields={way.fields} connection={connection} missing={missing} />
        {known && createElement(known.KnownHere, slots)}
        {children}
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <Button
            type="submit"
            look={known?.isRefused(services, slots, user) ? 'secondary' : 'primary'}
            busy={running || fetching === 'under way'}
            disabled={pause !== undefined || Boolean(impediment)}
            onClick={(event) => {
              // The second click of a double click must not become a second sign-in where the first was answered quickly.
              if (event.detail > 1) event.preventDefault();
            }}
          >
            {button}
          </Button>
          <span className="min-w-0 flex-1 basis-48 text-ink-2">
            {pause ? `Paused until ${formatClockTime(pause.untilMs)}` : running && takesSlot ? stay : sends}
            {pause && parts && (
              <parts.WhyPaused {...{ desk, pause, user }} connection={connection.id} onSend={() => void send(false)} />
            )}
          </span>
        </div>
        {fetching === 'failed' && <NotFetched />}
      </form>
    </div>
  );
}

function NotFetched() {
  const back = useAnsweredSince('not fetched');
  if (back) {
    return (
      <Band tone="ok" title="Keyward answers again. Nothing was sent.">
        What you typed is still here. Try again.
      </Band>
    );
  }
  return (
    <Band tone="bad" title="A part of Keyward itself could not be fetched, so nothing was sent." alerts>
      What you typed is still here. Check that <code className="font-mono text-sm">npm start</code> still runs, and try
      again.
    </Band>
  );
}

/** A refusal that names the limit is drawn in one step with what makes room. Whatever does not arrive comes after it. */
async function withFreeing(
  sent: ReturnType<Job['send']>,
  fetchFreeing: Answering['fetchFreeing'],
): ReturnType<Job['send']> {
  const done = await sent;
  if (!done.ok && done.failure.fault === 'limit') {
    await Promise.all([freedParts.load(), fetchFreeing?.()]).catch(() => undefined);
  }
  return done;
}
