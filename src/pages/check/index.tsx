import { useState } from 'react';
import { useKeysFaces } from '../../console/use-jobs.ts';
import { CheckKey } from '../../features/check-key/check-key.tsx';
import { useListAt } from '../../features/keys/use-list-at.ts';
import { ItemCard } from '../../features/revoke/item-card.tsx';
import { IncidentTarget } from '../../features/revoke/incident-target.tsx';
import { RevokeSheet } from '../../features/revoke/revoke-sheet.tsx';
import { useIncident } from '../../features/revoke/use-incident.ts';
import type { Item, JobView } from '../../revocation/job.ts';
import type { WantedThing } from '../../revocation/wanted.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { WithQueries } from '../with-queries.tsx';

/** Is it live, whose is it, and how is it ended. */
export function Page() {
  return (
    <WithQueries>
      <Check />
    </WithQueries>
  );
}

function Check() {
  const listRows = useListAt();
  const incident = useIncident();
  const [wanted, setWanted] = useState<WantedThing | null>(null);
  return (
    <>
      <PageHeader title="Check a key">
        Paste a key, a token, or whatever it was found in. It is recognised on this machine.
      </PageHeader>
      <IncidentTarget incident={incident} other={{ page: '/keys', label: 'Choose one from the list instead' }} />
      <CheckKey
        listRows={listRows}
        onRevoke={setWanted}
        renderItem={(item, job) => <Checked item={item} job={job} onAnother={setWanted} />}
      />
      {wanted && (
        <RevokeSheet
          wanted={[wanted]}
          into={incident}
          onClose={() => setWanted(null)}
          onBegun={() => setWanted(null)}
        />
      )}
    </>
  );
}

interface CheckedProps {
  readonly item: Item;
  readonly job: JobView;
  readonly onAnother: (wanted: WantedThing) => void;
}

function Checked({ item, job, onAnother }: CheckedProps) {
  const faces = useKeysFaces([item.provider]);
  return (
    <ItemCard
      job={job}
      item={item}
      face={faces.get(item.provider)}
      renderSignIn={() => <p>Sign in on the page of that provider, and it goes on.</p>}
      onAnother={onAnother}
    />
  );
}
