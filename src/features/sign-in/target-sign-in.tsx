import { useEffect, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import { randomName } from '../../lib/random.ts';
import type { FormSignIn } from '../../providers/sign-in-way.ts';
import { listJob, type Listed } from './jobs.ts';
import { isKeepTicked, KeepBox } from './keep-box.tsx';
import { keepingWords } from './keeping-words.ts';
import type { Answering } from './sign-in-answer.tsx';
import type { Desk } from './sign-in-desk.ts';
import { TargetPanel, type Credential } from './target-panel.tsx';
import { WayForm } from './way-form.tsx';

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
  const [credential, setCredential] = useState<Credential | null>(null);
  const open = credential !== null;
  // A first session would have the page close the ways in, and the list with them.
  useEffect(() => (open ? desk.hold() : undefined), [open, desk]);

  if (credential) {
    return (
      <TargetPanel
        provider={provider}
        connection={connection}
        way={way}
        credential={credential}
        onListed={(listed) => setCredential({ ...credential, listed })}
        onClose={() => {
          desk.dismiss();
          setCredential(null);
        }}
      />
    );
  }
  return (
    <WayForm
      {...answering}
      way={way}
      desk={desk}
      button={`List ${way.targets?.noun.many ?? 'what it opens'}`}
      sends={way.targets?.sends ?? way.sends}
      jobOf={(values, form) => {
        const keep = isKeepTicked(form);
        const id = randomName(services.hands.random);
        const onListed = (listed: Listed): void => setCredential({ id, keep, listed });
        return listJob(services, { provider, connection, way, values }, onListed);
      }}
    >
      <KeepBox offer={way.keeps} />
      <p className="text-sm text-ink-2">
        Then a token for each {way.targets?.noun.one ?? 'entry'} that you choose.{' '}
        {keepingWords(provider, way.id, connection)}
      </p>
    </WayForm>
  );
}
