import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { useServices } from '../../console/use-services.ts';
import { Panel } from '../../ui/panel.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ComposerForm } from './composer-form.tsx';
import { settingsQuery } from './queries.ts';

const COMPOSER_ANCHOR = 'new-connection';

/** Composes one connection's entry. The page cannot write the operator's file, so that nobody on the page can turn calls elsewhere. */
export function Composer() {
  const services = useServices();
  const [search] = useSearchParams();
  const { hash } = useLocation();
  const place = useRef<HTMLDivElement>(null);
  const asked = search.get('provider');
  const [chosen, setChosen] = useState<string>();
  const ids = services.registry.map(({ id }) => id);
  const provider = ids.find((id) => id === (chosen ?? asked)) ?? ids[0] ?? '';
  const { data: settings, isError } = useQuery(settingsQuery(services, provider));
  const loaded = settings !== undefined;

  useEffect(() => {
    // Only once the form stands: what is scrolled to before it has its height is somewhere else afterwards.
    if (loaded && hash === `#${COMPOSER_ANCHOR}`) place.current?.scrollIntoView({ block: 'start' });
  }, [loaded, hash]);

  return (
    <div ref={place} id={COMPOSER_ANCHOR} className="scroll-mt-4">
      <Panel title="Compose a connection">
        <div className="grid gap-3.5">
          <p className="max-w-prose text-ink-2">
            Connections stand in the operator’s file, which this page cannot change. Fill this in, paste the entry into
            the list <code className="font-mono text-sm text-ink">&quot;connections&quot;</code> of that file, and save
            it: the running program picks it up.
          </p>
          <div className="grid gap-x-6 lg:grid-cols-2">
            <div className="max-w-lg">
              <SelectField
                label="Provider"
                value={provider}
                onChange={(event) => setChosen(event.target.value)}
                options={services.registry.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </div>
          </div>
          {settings ? (
            <ComposerForm key={provider} provider={provider} settings={settings} />
          ) : (
            <Waiting failed={isError} />
          )}
        </div>
      </Panel>
    </div>
  );
}

function Waiting({ failed }: { readonly failed: boolean }) {
  return failed ? (
    <p className="text-bad">The part of the console that knows this provider could not be fetched. Reload the page.</p>
  ) : (
    <Skeleton widthRem={32} heightRem={16} />
  );
}
