import { createElement, lazy, Suspense, useEffect, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useForgetful, useServices } from '../../console/use-services.ts';
import type { SignInWay, VendorPage } from '../../providers/sign-in-way.ts';
import { Badge } from '../../ui/badge.tsx';
import { Band } from '../../ui/band.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useLater } from '../../ui/use-later.ts';
import { checkJob, formJob } from './jobs.ts';
import { isKeepTicked, KeepBox } from './keep-box.tsx';
import { keepingWords } from './keeping-words.ts';
import type { Answering } from './sign-in-answer.tsx';
import { deskOf, type Desk } from './sign-in-desk.ts';
import { visitNews } from './sign-in-parts.ts';
import { useWayChoice } from './use-way-choice.ts';
import type { VisitWay } from './visit-sign-in.tsx';
import { WayForm } from './way-form.tsx';

// Most vendors have neither a list behind a credential nor codes.
const TargetSignIn = lazy(async () => ({ default: (await import('./target-sign-in.tsx')).TargetSignIn }));
const CodeFormSignIn = lazy(async () => ({ default: (await import('./code-form-sign-in.tsx')).CodeFormSignIn }));
const VisitSignIn = lazy(async () => ({ default: (await import('./visit-sign-in.tsx')).VisitSignIn }));

interface SignInProps extends Answering {
  /** The way in to begin with, where nobody chose one. */
  readonly suggested?: string | undefined;
  /** At the right end of the head. */
  readonly actions?: ReactNode;
  /** Under the form, beside the ways in. */
  readonly below?: ReactNode;
}

/** A provider's ways in, best first, each with the vendor's reason for or against it, and what the chosen one needs. */
export function SignIn({ suggested, actions, below, ...answering }: SignInProps) {
  const { provider, connection } = answering;
  const desk = deskOf(useServices(), connection.id);
  const running = useStore(desk.state, (state) => state.running);
  const { way, choose } = useWayChoice(provider, desk, suggested);
  const news = useLater(
    visitNews,
    useStore(desk.state, (state) => state.news.length > 0),
  );
  const letGo = useRef<() => void>(null);
  useEffect(() => () => letGo.current?.(), []);
  if (!way) return null;
  // An answer that goes may be all that held the form open.
  const stayOpen = (): void => {
    letGo.current ??= desk.hold();
  };

  const form = (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4.5">
      <Panel
        title={titleOf(way)}
        actions={
          <>
            <Source page={way.source?.(connection)} />
            {actions}
          </>
        }
      >
        {news && createElement(news.NewsOfOthers, { ...answering, way, desk, stayOpen })}
        <Suspense fallback={<p className="text-ink-2">Loading…</p>}>
          <WayIn key={`${connection.id} ${way.id}`} {...answering} way={way} desk={desk} />
        </Suspense>
      </Panel>
      {below}
    </div>
  );
  if (provider.signIn.length === 1) return form;
  return (
    <div className="grid items-start gap-3.5 lg:grid-cols-[18.75rem_minmax(0,1fr)]">
      <Panel title="Ways in" flush>
        <ChoiceList
          label="Way to sign in"
          value={way.id}
          choices={provider.signIn.map(choiceOf)}
          onChange={(id) => {
            // The answer that is under way belongs to the form that is in sight.
            if (running || id === way.id) return;
            stayOpen();
            desk.leaveAnswer(way.id);
            choose(id);
          }}
        />
      </Panel>
      {form}
    </div>
  );
}

/** The vendor's page that hands out what is asked for. */
function Source({ page }: { readonly page: VendorPage | undefined }) {
  if (!page) return null;
  return (
    <a className="text-ink-2 hover:text-ink" href={page.href} target="_blank" rel="noopener noreferrer">
      {page.label} <span aria-hidden="true">↗</span>
      <span className="sr-only">, in a new tab</span>
    </a>
  );
}

interface WayInProps extends Answering {
  readonly way: SignInWay;
  readonly desk: Desk;
}

function WayIn({ way, desk, ...answering }: WayInProps) {
  const services = useServices();
  const { provider, connection } = answering;
  const forgetful = useForgetful();
  const keeping = way.kind !== 'check' && (
    <p className="text-sm text-ink-2">{keepingWords(provider, way.id, connection, forgetful)}</p>
  );
  const shared = { ...answering, desk, button: 'Sign in', sends: way.sends };
  switch (way.kind) {
    case 'form':
      if (way.targets) return <TargetSignIn {...answering} way={way} desk={desk} />;
      return (
        <WayForm
          {...shared}
          way={way}
          jobOf={(values, form) => formJob(services, { provider, connection, way, values }, isKeepTicked(form))}
        >
          <KeepBox offer={way.keeps} />
          {keeping}
        </WayForm>
      );
    case 'check':
      return (
        <WayForm
          {...shared}
          way={way}
          button="Check"
          jobOf={(values) => checkJob(services, { provider, connection, way, values })}
        >
          <Band tone="warn" title={way.warning} />
        </WayForm>
      );
    case 'code':
      if (isVisit(way)) return <VisitSignIn {...answering} way={way} desk={desk} />;
      return (
        <CodeFormSignIn {...shared} way={way}>
          {keeping}
        </CodeFormSignIn>
      );
    default:
      return way satisfies never;
  }
}

const isVisit = (way: SignInWay): way is VisitWay => way.kind === 'code' && way.obtain.by === 'visit';

/** A label begins with a capital letter of its own only where it is a name or an abbreviation. */
const inSentence = (label: string): string =>
  /^[A-Z]-?[a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

function titleOf({ kind, label }: SignInWay): string {
  if (kind === 'check') return label;
  const name = inSentence(label);
  if (/^(?:On|At|By) /.test(label)) return `Sign in ${name}`;
  const article = /\bkey$/.test(name) ? (/^[aeiou]/i.test(name) ? 'an ' : 'a ') : '';
  return `Sign in with ${article}${name}`;
}

const choiceOf = (way: SignInWay) => ({
  value: way.id,
  title: way.label,
  badge: badgeOf(way),
  description: way.reason,
});

function badgeOf({ kind, standing }: SignInWay) {
  if (kind === 'check') return <Badge look="warn">checked, not kept</Badge>;
  return standing === 'accepted' ? undefined : (
    <Badge look={standing === 'deprecated' ? 'warn' : 'plain'}>{standing}</Badge>
  );
}
