import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatClockTime } from '../../lib/format-time.ts';
import type { FormField, FormValues } from '../../providers/contract.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { keepingWords } from './keeping-words.ts';
import { userOf, type Attempt, type Desk } from './sign-in-desk.ts';
import { SignInAnswer } from './sign-in-answer.tsx';
import { useStandingPause } from './use-standing-pause.ts';

interface SignInFormProps {
  readonly attempt: Omit<Attempt, 'values'>;
  readonly desk: Desk;
  readonly openSessions?: ReactNode;
  readonly onUse: (sessionId: string) => void;
}

const FIELDS_SIDE_BY_SIDE =
  'grid items-start gap-x-3.5 gap-y-3 [grid-template-columns:repeat(auto-fill,minmax(min(15rem,100%),1fr))]';

/** A way in as a form. What is typed lives in its inputs and nowhere else, and is gone once a session is open. */
export function SignInForm({ attempt, desk, openSessions, onUse }: SignInFormProps) {
  const { provider, way, connection } = attempt;
  const form = useRef<HTMLFormElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  const waitsForAnswer = useRef(false);
  const { running, outcome, doubts, pauses } = useStore(desk.state);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [user, setUser] = useState(() => userOf(way, {}).key);
  const pause = useStandingPause(pauses[user], connection.id);

  // In the same step as the answer is drawn: what is typed after it belongs to the next sign-in.
  useLayoutEffect(() => {
    if (!waitsForAnswer.current || (!outcome && doubts.length === 0)) return;
    waitsForAnswer.current = false;
    if (outcome?.kind === 'opened') form.current?.reset();
    answer.current?.focus();
  }, [outcome, doubts]);

  async function send(sure: boolean): Promise<void> {
    const typed = form.current && readForm(form.current, way.fields);
    if (!typed || desk.state.getState().running) return;
    const empty = way.fields.filter(({ name, required }) => required && (typed[name] ?? '').trim() === '');
    setMissing(empty.map(({ name }) => name));
    setUser(userOf(way, typed).key);
    if (empty[0]) {
      focusField(form.current, empty[0].name);
      return;
    }
    waitsForAnswer.current = true;
    await desk.submit({ ...attempt, values: typed }, sure);
  }

  return (
    <div className="grid gap-3.5">
      <SignInAnswer
        ref={answer}
        attempt={attempt}
        outcome={outcome}
        doubts={doubts}
        pause={pause}
        openSessions={openSessions}
        onUse={(sessionId) => {
          desk.withdraw();
          onUse(sessionId);
        }}
        onSure={() => void send(true)}
        onWithdraw={() => {
          desk.withdraw();
          focusField(form.current, way.fields[0]?.name);
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
        <div className={way.fields.length === 1 ? 'max-w-lg' : FIELDS_SIDE_BY_SIDE}>
          {way.fields.map((field) => (
            <SignInField key={field.name} field={field} missing={missing.includes(field.name)} />
          ))}
        </div>
        <p className="text-sm text-ink-2">{keepingWords(provider, connection)}</p>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <Button
            type="submit"
            look="primary"
            busy={running}
            disabled={pause !== undefined}
            onClick={(event) => {
              // The second click of a double click must not become a second sign-in where the first was answered quickly.
              if (event.detail > 1) event.preventDefault();
            }}
          >
            Sign in
          </Button>
          <span className="text-ink-2">{pause ? `Paused until ${formatClockTime(pause.untilMs)}` : way.sends}</span>
        </div>
      </form>
    </div>
  );
}

function SignInField({ field, missing }: { readonly field: FormField; readonly missing: boolean }) {
  return (
    <TextField
      label={field.label}
      name={field.name}
      kind={field.kind}
      autoComplete={field.autoComplete}
      required={field.required}
      hint={field.hint}
      error={missing ? `${field.label} is missing. Nothing was sent.` : undefined}
    />
  );
}

/** What stands in the inputs now. Never kept. */
function readForm(form: HTMLFormElement, fields: readonly FormField[]): FormValues {
  const data = new FormData(form);
  return Object.fromEntries(
    fields.map(({ name }) => {
      const value = data.get(name);
      return [name, typeof value === 'string' ? value : ''];
    }),
  );
}

function focusField(form: HTMLFormElement | null, name: string | undefined): void {
  const field = name === undefined ? null : form?.elements.namedItem(name);
  if (field instanceof HTMLElement) field.focus();
}
