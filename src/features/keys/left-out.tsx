import { Link } from '../../ui/link.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { Source } from './use-inventory.ts';

interface LeftOutProps {
  readonly sources: readonly Source[];
  readonly signInHref: (provider: string, connection: string) => string;
}

/** The connections whose keys are not in the table, each with the reason. */
export function LeftOut({ sources, signInHref }: LeftOutProps) {
  const out = sources.filter(({ face, askers }) => face !== undefined && (!face?.list || askers.length === 0));
  if (out.length === 0) return null;
  return (
    <Panel title="Not in the table" note={String(out.length)} flush>
      <ul>
        {out.map(({ connection, providerName, face, open }) => (
          <li
            key={connection.id}
            className="flex flex-wrap gap-x-4 border-t border-line px-3.5 py-2.25 first:border-t-0"
          >
            <span className="min-w-0 basis-48">
              <span className="block font-semibold wrap-anywhere">{providerName}</span>
              <span className="block text-sm wrap-anywhere text-ink-3">{connection.name}</span>
            </span>
            <span className="min-w-0 flex-1 basis-60 text-ink-2">
              {face?.list ? (
                <>
                  {open === 0 ? 'Nobody is signed in.' : 'No session here is live and of a way in that its list takes.'}{' '}
                  <Link to={signInHref(connection.provider, connection.id)} className="underline">
                    Sign in at {connection.name}
                  </Link>
                  .
                </>
              ) : (
                (face?.unlisted ?? 'This vendor has no keys.')
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
