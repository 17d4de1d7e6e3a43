import { useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Found } from '../../revocation/recognise-all.ts';
import { Link } from '../../ui/link.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Band } from '../../ui/band.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { FoundCard, type FoundActions } from './found-card.tsx';
import { PasteField } from './paste-field.tsx';
import { useRecognised, type Recognised } from './use-recognised.ts';

/** Paste anything: it is recognised here, matched without being sent, and then checked or ended. */
export function CheckKey(actions: FoundActions) {
  const [text, setText] = useState('');
  const recognised = useRecognised(text);
  const { taken, face, connection, found, fitting, complete } = recognised;
  const isEmpty = text.trim() === '';
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
      <Panel>
        <PasteField isEmpty={text === ''} onChange={setText} />
      </Panel>
      {!isEmpty && found.length === 0 && (
        <p role="status">
          {complete ? 'None of the vendors writes its keys or tokens so. Paste all of it, once.' : 'Looking…'}
        </p>
      )}
      {found.length > 1 && <Which recognised={recognised} />}
      {taken && fitting.length === 0 && face && (
        <Band tone="warn" title={`No connection of this console fits it: ${face.provider.name}.`}>
          {taken.candidate.issuer !== null && <>It says that it is from {taken.candidate.issuer}. </>}
          <Link className="underline underline-offset-2" to={`/settings?provider=${taken.provider}#new-connection`}>
            Compose a connection
          </Link>{' '}
          for the operator’s file.
        </Band>
      )}
      {taken && fitting.length > 1 && <Where recognised={recognised} />}
      {taken && face && connection && (
        <FoundCard
          key={`${taken.provider} ${taken.candidate.kind} ${taken.candidate.secret} ${connection.id}`}
          found={taken}
          face={face}
          connection={connection}
          {...actions}
        />
      )}
    </div>
  );
}

const keyOf = ({ provider, candidate }: Found, at: number): string => `${String(at)} ${provider} ${candidate.kind}`;

/** Several vendors, or several kinds of one, write so: the person says which it is. */
function Which({ recognised: { found, taken, choose } }: { readonly recognised: Recognised }) {
  const { registry } = useServices();
  const nameOf = (id: string): string => registry.find((entry) => entry.id === id)?.name ?? id;
  const at = taken ? found.indexOf(taken) : -1;
  const chosen = taken ? keyOf(taken, at) : '';
  return (
    <Panel title="What it may be" note={taken ? undefined : 'say which'} flush>
      <ChoiceList
        label="What it may be"
        value={chosen}
        choices={found.map((one, index) => ({
          value: keyOf(one, index),
          title: `${nameOf(one.provider)} ${one.candidate.noun}`,
          badge: <Badge>{one.candidate.certainty}</Badge>,
          description: one.candidate.words,
        }))}
        onChange={(value) => {
          const one = found.find((each, index) => keyOf(each, index) === value);
          if (one) choose(one);
        }}
      />
    </Panel>
  );
}

function Where({ recognised: { fitting, connection, chooseConnection } }: { readonly recognised: Recognised }) {
  return (
    <Panel>
      <SelectField
        label="At which connection"
        value={connection?.id ?? ''}
        options={[
          ...(connection ? [] : [{ value: '', label: 'Choose…' }]),
          ...fitting.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => chooseConnection(event.target.value)}
      />
    </Panel>
  );
}
