import { useId, useRef, useState } from 'react';
import { Link } from '../../ui/link.tsx';
import { useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Guide } from '../../providers/guide.ts';
import type { FormSignIn, Refused } from '../../providers/sign-in-way.ts';
import { listTargets } from '../../refresh/sign-in.ts';
import { Band } from '../../ui/band.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFields } from '../form-fields.tsx';
import { missingIn, readForm } from '../typed-values.ts';

interface GuidedDialogProps {
  readonly connection: Connection;
  readonly guide: Guide;
  /** The way in that takes such a key; undefined until the vendor's part has arrived. */
  readonly way: FormSignIn | undefined;
  readonly signInHref: string;
  readonly onClose: () => void;
}

type Tested = { readonly works: string } | { readonly failure: Refused };

/** A key that a person makes elsewhere: the steps, and a test of what came of them. What is typed is kept nowhere. */
export function GuidedDialog({ connection, guide, way, signInHref, onClose }: GuidedDialogProps) {
  const { hands } = useServices();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [tested, setTested] = useState<Tested | null>(null);
  const targets = way?.targets;

  async function test(): Promise<void> {
    if (!way || !targets || !form.current || busy) return;
    const values = readForm(form.current, way.fields);
    setMissing(missingIn(way.fields, values));
    setTested(null);
    if (missingIn(way.fields, values).length > 0) return;
    setBusy(true);
    const provider = await hands.provider(connection.provider);
    const listed = await listTargets(hands, { provider, connection, way, values });
    setBusy(false);
    if (!listed.ok) {
      setTested({ failure: listed.failure });
      return;
    }
    const count = listed.value.targets.length;
    setTested({ works: `It opens ${String(count)} ${count === 1 ? targets.noun.one : targets.noun.many}.` });
  }

  return (
    <Dialog
      title={guide.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          {targets && (
            <Button look="primary" type="submit" form={id} busy={busy}>
              Test it
            </Button>
          )}
        </>
      }
    >
      <ol className="grid list-decimal gap-1.5 pl-5">
        {guide.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {way && targets && (
        <form
          id={id}
          ref={form}
          className="grid gap-3 border-t border-line pt-3"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void test();
          }}
        >
          <FormFields fields={way.fields} connection={connection} missing={missing} />
          <p className="text-sm text-ink-3">{targets.sends}.</p>
        </form>
      )}
      {tested && 'works' in tested && (
        <Band
          tone="ok"
          title="The key works."
          alerts
          action={
            <Link to={signInHref} className={buttonClass('secondary', 'small')}>
              Sign in with it
            </Link>
          }
        >
          {tested.works} It is not kept: signing in with it asks whether it should be.
        </Band>
      )}
      {tested && 'failure' in tested && (
        <Band tone="bad" title={tested.failure.sentence} alerts>
          {tested.failure.next} {tested.failure.offer?.sentence}
        </Band>
      )}
    </Dialog>
  );
}
