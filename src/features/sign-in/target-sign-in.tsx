import { createElement, useEffect, useRef, useState } from 'react';
import { useForgetful, useServices } from '../../console/use-services.ts';
import { later } from '../../lib/later.ts';
import { randomName } from '../../lib/random.ts';
import type { FormSignIn } from '../../providers/sign-in-way.ts';
import { listJob, type Listed } from './jobs.ts';
import { isKeepTicked, KeepBox } from './keep-box.tsx';
import { keepingWords } from './keeping-words.ts';
import type { Answering } from './sign-in-answer.tsx';
import type { Desk } from './sign-in-desk.ts';
import type { Credential } from './target-panel.tsx';
import { WayForm } from './way-form.tsx';

// There is no list before the first press.
const panel = later(() => import('./target-panel.tsx'));

interface TargetSignInProps extends Answering {
  readonly way: FormSignIn;
  readonly desk: Desk;
}

/**
 * A credential that opens a list first. It stays in this component's memory, so that a token can be had for one entry
 * after the other, and is gone once the person closes the list or leaves the page.
 */
export function TargetSignIn({ way, desk, ...answering }: TargetSignInProps) {
  const services = useServices();
  const { provider, connection } = answering;
  const forgetful = useForgetful();
  const [credential, setCredential] = useState<Credential | null>(null);
  const open = credential !== null;
  // A first session would have the page close the ways in, and the list with them.
  useEffect(() => (open ? desk.hold() : undefined), [open, desk]);
  const place = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    // The list had the focus, and made room for the form again.
    if (wasOpen.current && !open) place.current?.querySelector<HTMLElement>('form input')?.focus();
    wasOpen.current = open;
  }, [open]);

  const TargetPanel = panel.now()?.TargetPanel;
  if (credential && TargetPanel) {
    return createElement(TargetPanel, {
      provider,
      connection,
      way,
      credential,
      renderCopy: answering.renderCopy,
      onListed: (listed) => setCredential({ ...credential, listed }),
      onClose: () => {
        desk.dismiss();
        setCredential(null);
      },
    });
  }
  return (
    <div ref={place}>
      <WayForm
        {...answering}
        way={way}
        desk={desk}
        button={`List ${way.targets?.noun.many ?? 'what it opens'}`}
        sends={way.targets?.sends ?? way.sends}
        jobOf={(values, form) => {
          const keep = isKeepTicked(form);
          const id = randomName(services.hands.random);
          // Drawn in the same step as the answer arrives, because it takes the focus.
          const onListed = async (listed: Listed): Promise<void> => {
            await panel.load();
            setCredential({ id, keep, listed });
          };
          void panel.load().catch(() => undefined);
          return listJob(services, { provider, connection, way, values }, onListed);
        }}
      >
        <KeepBox offer={way.keeps} />
        <p className="text-sm text-ink-2">
          Then a token for each {way.targets?.noun.one ?? 'entry'} that you choose.{' '}
          {keepingWords(provider, way.id, connection, forgetful)}
        </p>
      </WayForm>
    </div>
  );
}
