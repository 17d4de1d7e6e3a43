import type { ReactNode } from 'react';
import type { JobDesk } from '../../console/job-desk.ts';
import type { Item, JobView } from '../../revocation/job.ts';
import { useShownSecret } from './use-shown-secret.ts';

export interface SecretSlot {
  readonly label: string;
  readonly secret: string;
  readonly onCopied: () => void;
}

/** Draws a secret with what copies it. */
export type RenderSecret = (slot: SecretSlot) => ReactNode;

interface ShownOnceProps {
  readonly desk: JobDesk;
  readonly job: JobView;
  readonly item: Item;
  readonly renderSecret: RenderSecret;
  readonly onCopied: () => void;
}

/** The secrets of a job that are shown once, as long as nobody has said that they are saved. */
export function ShownOnce({ desk, job, item, renderSecret, onCopied }: ShownOnceProps) {
  return item.shows.map(({ name, label }) => (
    <OneSecret key={name} {...{ desk, renderSecret, onCopied, name, label }} job={job.id} item={item.id} />
  ));
}

interface OneSecretProps extends Omit<ShownOnceProps, 'job' | 'item'> {
  readonly job: string;
  readonly item: string;
  readonly name: string;
  readonly label: string;
}

function OneSecret({ desk, job, item, name, label, renderSecret, onCopied }: OneSecretProps) {
  const secret = useShownSecret(desk, job, item, name);
  if (secret === undefined) return null;
  return (
    <div className="grid gap-1">
      <p className="font-semibold">{label}</p>
      {secret === null ? (
        <p className="text-bad">It is not here any more, and the server does not show it again.</p>
      ) : (
        renderSecret({ label: label.toLowerCase(), secret, onCopied })
      )}
    </div>
  );
}
