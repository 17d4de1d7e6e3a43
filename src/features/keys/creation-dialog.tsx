import { useState } from 'react';
import { Link } from '../../ui/link.tsx';
import type { JobDesk } from '../../console/job-desk.ts';
import { useForgetful, useServices } from '../../console/use-services.ts';
import { mayExist } from '../../revocation/give-up.ts';
import type { Item, JobView } from '../../revocation/job.ts';
import { Band } from '../../ui/band.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { State } from '../../ui/state.tsx';
import { KeepHereBox } from './keep-here-box.tsx';
import { ShownOnce, type RenderSecret } from './shown-once.tsx';
import { useKeepHere } from './use-keep-here.ts';

interface CreationDialogProps {
  readonly desk: JobDesk;
  readonly job: JobView;
  readonly signInHref: (provider: string, connection: string) => string;
  readonly renderSecret: RenderSecret;
  /** A key was found whose secret nobody has. Absent until the list has it. */
  readonly onRevokeFound: ((id: string) => void) | undefined;
  /** It is over, whatever came of it. */
  readonly onOver: () => void;
}

export function CreationDialog(props: CreationDialogProps) {
  const [item] = props.job.items;
  return item && <Creation {...props} item={item} />;
}

/** A key that is being made: neither Escape nor a click outside, nor a reload of a kept console, loses what it shows. */
function Creation(props: CreationDialogProps & { readonly item: Item }) {
  const { desk, job, item, signInHref, renderSecret, onRevokeFound, onOver } = props;
  const { nowMs, registry } = useServices();
  const forgetful = useForgetful();
  const [saved, setSaved] = useState(false);
  const [copied, setCopied] = useState(false);
  const keep = useKeepHere(desk, job.id, item);
  const { state } = item;
  const close = async (): Promise<void> => {
    await desk.send(job.id, { type: 'close', nowMs: nowMs() });
    onOver();
  };
  const done = async (): Promise<void> => {
    if (!(await keep.carryOut())) return;
    if (state.is === 'person') {
      await desk.send(job.id, { type: 'confirm', item: item.id, step: state.step, nowMs: nowMs() });
    }
    await close();
  };
  const found = item.thing.facts['foundId'];
  const vendor = registry.find(({ id }) => id === item.provider)?.name ?? '';

  return (
    <Dialog
      title={job.title}
      insistent
      onClose={() => void close()}
      actions={
        <>
          {state.is === 'paused' && (
            <>
              <Button onClick={() => void close()}>Give up</Button>
              <Link to={signInHref(item.provider, item.connection)} className={buttonClass('primary')}>
                Sign in
              </Link>
            </>
          )}
          {state.is === 'person' && (
            <Button
              look="primary"
              busy={keep.busy}
              disabled={!saved && !copied && !keep.ticked}
              onClick={() => void done()}
            >
              Done
            </Button>
          )}
          {state.is === 'settled' && (
            <>
              {found !== undefined && onRevokeFound && (
                <Button
                  look="danger"
                  onClick={() => {
                    onRevokeFound(found);
                    void close();
                  }}
                >
                  Revoke it
                </Button>
              )}
              <Button look="primary" onClick={() => void close()}>
                Close
              </Button>
            </>
          )}
        </>
      }
    >
      {state.is === 'person' && (
        <>
          <Band tone="warn" title="Copy it now. Keyward shows it this once, and keeps it only if you say so.">
            {forgetful
              ? 'A reload of this page loses it.'
              : 'It waits here, encrypted, until you say that you have it, even over a reload.'}
          </Band>
          <ShownOnce {...{ desk, job, item, renderSecret }} onCopied={() => setCopied(true)} />
          {copied && (
            <p role="status">
              <State kind="ready">Copied</State>
            </p>
          )}
          <CheckBox label="I saved it" checked={saved} onChange={({ target }) => setSaved(target.checked)} />
          <KeepHereBox keep={keep} />
        </>
      )}
      {state.is === 'settled' && <NotMade {...{ item, found, vendor }} />}
      {state.is === 'paused' && (
        <Band tone="warn" title={state.why}>
          {mayExist(item) ? 'A key may exist' : 'Nothing was made'}. It goes on by itself once the same person is signed
          in.
        </Band>
      )}
      {state.is !== 'person' && state.is !== 'settled' && state.is !== 'paused' && (
        <p role="status">
          <State kind="busy">
            {state.is === 'waiting' ? state.why || 'Waiting for the server' : `Asking ${vendor}`}
          </State>
        </p>
      )}
    </Dialog>
  );
}

interface NotMadeProps {
  readonly item: Item;
  readonly found: string | undefined;
  readonly vendor: string;
}

/** No secret came: nothing was made, or something was and its secret is lost, or nobody knows. */
function NotMade({ item, found, vendor }: NotMadeProps) {
  const last = item.marks.findLast(({ stage }) => stage === 'create') ?? item.marks.at(-1);
  const words = last?.words ?? 'Nothing was asked.';
  if (found !== undefined) {
    return (
      <Band tone="warn" title="A key was made, and the answer with its secret is lost." alerts>
        {words}.
      </Band>
    );
  }
  const isOpen = last?.says === 'lost' || last?.says === 'unknown';
  return isOpen ? (
    <Band tone="warn" title="A key may exist." alerts>
      {words}. Look through the list at {vendor}: what is new there and nobody knows is to be revoked.
    </Band>
  ) : (
    <Band tone="bad" title="No key was made." alerts>
      {words}
    </Band>
  );
}
