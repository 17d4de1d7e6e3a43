import { useSearchParams } from 'react-router';
import { useServices } from '../../console/use-services.ts';
import { writeToClipboard } from '../../lib/write-clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ActivityTable } from './activity-table.tsx';
import { activityText } from './activity-text.ts';
import type { NamedCall } from './named-call.ts';
import { useNamedCalls } from './use-named-calls.ts';

const EVERY = '';

/** The last calls with a filter, and as text for a report. */
export function Activity() {
  const { registry } = useServices();
  const [search, setSearch] = useSearchParams();
  const all = useNamedCalls();
  const wanted = registry.find(({ id }) => id === search.get('provider'))?.id ?? EVERY;
  const calls = wanted === EVERY ? all : all.filter(({ providerId }) => providerId === wanted);

  return (
    <Panel
      title="Calls"
      note={calls.length === all.length ? all.length : `${String(calls.length)} of ${String(all.length)}`}
      flush
      actions={
        <>
          <select
            aria-label="Provider"
            className="input select w-auto"
            value={wanted}
            onChange={({ target }) =>
              setSearch(target.value === EVERY ? {} : { provider: target.value }, { replace: true })
            }
          >
            <option value={EVERY}>Every provider</option>
            {registry.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <CopyAsText calls={calls} />
        </>
      }
    >
      {calls.length > 0 ? <ActivityTable calls={calls} /> : <NothingYet filtered={all.length > 0} />}
    </Panel>
  );
}

function CopyAsText({ calls }: { readonly calls: readonly NamedCall[] }) {
  const notify = useNotify();
  async function copy(): Promise<void> {
    const done = await writeToClipboard(Promise.resolve(activityText(calls)));
    notify(
      done === 'copied'
        ? {
            tone: 'ok',
            title: calls.length === 1 ? 'One call copied as text.' : `${String(calls.length)} calls copied as text.`,
          }
        : {
            tone: 'warn',
            title: 'The browser did not allow the copy.',
            more: 'Nothing was copied. Allow this page to use the clipboard, and copy again.',
          },
    );
  }
  return (
    <Button disabled={calls.length === 0} onClick={() => void copy()}>
      Copy as text
    </Button>
  );
}

function NothingYet({ filtered }: { readonly filtered: boolean }) {
  return filtered ? (
    <EmptyState title="No call to this provider yet">
      Choose another provider, or sign in to one of its servers.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing was sent yet">
      Every call to a vendor’s server stands here with its time, phase, status and what became of it. Sign in on a
      provider’s page to make the first.
    </EmptyState>
  );
}
