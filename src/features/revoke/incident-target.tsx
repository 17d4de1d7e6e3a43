import type { JobView } from '../../revocation/job.ts';
import { Band } from '../../ui/band.tsx';
import { Link } from '../../ui/link.tsx';
import { addingHref, boardHref } from './board-href.ts';

interface IncidentTargetProps {
  readonly incident: JobView | undefined;
  /** The other page where a key is found. */
  readonly other: { readonly page: '/keys' | '/check'; readonly label: string };
}

/** Says that what is revoked here joins an incident, and leads back to it. Nothing where it joins none. */
export function IncidentTarget({ incident, other }: IncidentTargetProps) {
  if (!incident) return null;
  const link = 'underline underline-offset-2';
  return (
    <Band tone="busy" title={`What you revoke here joins the incident “${incident.title}”.`}>
      <Link to={addingHref(other.page, incident.id)} className={link}>
        {other.label}
      </Link>
      , or{' '}
      <Link to={boardHref(incident.id)} className={link}>
        go back to it
      </Link>
      .
    </Band>
  );
}
