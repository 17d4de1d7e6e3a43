import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { SettingField } from '../../http/settings.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { Panel } from '../../ui/panel.tsx';
import { State } from '../../ui/state.tsx';
import { isMoot } from './compose-entry.ts';
import type { Examination } from './examine.ts';
import { examinationFacts } from './examination-facts.tsx';
import { examinationQuery, settingsQuery } from './queries.ts';

/** One connection: what the file says of it, and what a harmless call showed. */
export function ConnectionCard({ connection }: { readonly connection: Connection }) {
  const services = useServices();
  const { data, isFetching, isError, refetch } = useQuery(examinationQuery(services, connection));
  const fields = useQuery(settingsQuery(services, connection.provider)).data?.fields ?? [];
  const provider = services.registry.find(({ id }) => id === connection.provider)?.name ?? connection.provider;

  return (
    <Panel
      title={connection.name}
      note={provider}
      actions={
        <>
          <Standing examination={data} checking={isFetching} failed={isError} />
          <Button
            size="small"
            aria-label={`Check ${connection.name} again`}
            busy={isFetching}
            onClick={() => void refetch()}
          >
            Check again
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p>{sentenceOf(data, isError)}</p>
        <FactList
          facts={[
            {
              label: 'Base URL',
              value: (
                <>
                  <span className="font-mono text-sm">{connection.baseUrl}</span>
                  {connection.insecure && (
                    <>
                      {' '}
                      <Badge look="warn">not encrypted</Badge>
                    </>
                  )}
                </>
              ),
            },
            { label: 'Id in the file', value: connection.id, mono: true },
            ...settingFacts(connection, fields),
            ...(data ? examinationFacts(data, connection) : []),
          ]}
        />
        {data?.refused && <CertificateAdvice />}
      </div>
    </Panel>
  );
}

/** The operator's secrets are named and not shown: the gateway keeps them. */
const settingFacts = ({ settings, secretsSet }: Connection, fields: readonly SettingField[]) =>
  fields.flatMap((field) => {
    const { key, label, secret, choices } = field;
    if (isMoot(settings, field, fields)) return [];
    if (secret) return [{ label, value: secretsSet.includes(key) ? 'kept by the gateway' : 'not set' }];
    const value = settings[key];
    if (value === undefined) return [];
    const choice = choices?.find((one) => one.value === value);
    return [choice ? { label, value: choice.label } : { label, value, mono: true }];
  });

interface StandingProps {
  readonly examination: Examination | undefined;
  readonly checking: boolean;
  readonly failed: boolean;
}

function Standing({ examination, checking, failed }: StandingProps) {
  if (checking) return <State kind="busy">Checking</State>;
  if (failed || !examination) return <State kind="unknown">Not checked</State>;
  return examination.standing === 'clear' ? (
    <State kind="ready">No fault found</State>
  ) : (
    <State kind="attention">Attention</State>
  );
}

function sentenceOf(examination: Examination | undefined, failed: boolean): string {
  if (examination) return examination.sentence;
  return failed
    ? 'The part of the console that knows this provider could not be fetched. Nothing was sent; check again.'
    : 'Asking the server something harmless, without a credential.';
}

/** There is no way to skip the check. */
function CertificateAdvice() {
  return (
    <p className="text-ink-2">
      Compare the SHA-256 with whoever runs the server. If it is theirs, save the certificate that signed it as a PEM
      file and name that file as <code className="font-mono text-sm text-ink">&quot;ca&quot;</code> in this connection’s
      entry.
    </p>
  );
}
