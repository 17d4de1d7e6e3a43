import { Link } from '../../ui/link.tsx';
import { useServices } from '../../console/use-services.ts';
import { inRegistryOrder } from '../../features/connections/in-registry-order.ts';
import { signInHref } from '../../features/sessions/sign-in-href.ts';
import { whereWords } from '../../features/sessions/where-words.ts';
import type { Hello } from '../../http/envelope.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';

/** Every connection with its next step; where there is none, the way to one. */
export function FirstSteps({ hello }: { readonly hello: Hello }) {
  const { registry } = useServices();
  if (hello.connections.length === 0) {
    return (
      <Panel flush>
        <EmptyState
          title="No connection is set up"
          action={
            <Link to="/settings" className={buttonClass('primary')}>
              Open settings
            </Link>
          }
        >
          A connection names a server to sign in to. It stands in the file that Keyward was started with; the settings
          compose an entry to paste there.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel title="No sessions yet" note="Sign in to one of these to get a token." flush>
      <ul>
        {inRegistryOrder(registry, hello.connections).map(({ id, name, provider, baseUrl }) => {
          const entry = registry.find((one) => one.id === provider);
          return (
            <li
              key={id}
              className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-3.5 py-2.25 first:border-t-0"
            >
              <span className="min-w-0 flex-1">
                <span className="block font-semibold wrap-anywhere">{whereWords(entry?.name ?? provider, name)}</span>
                <span className="block text-sm wrap-anywhere text-ink-3">
                  {entry?.summary ?? provider} · <span className="font-mono">{hostOf(baseUrl)}</span>
                </span>
              </span>
              <Link to={signInHref(registry, provider, id)} className={buttonClass()} aria-label={`Sign in to ${name}`}>
                Sign in
              </Link>
            </li>
          );
        })}
      </ul>
      {hello.demo && (
        <p className="border-t border-line px-3.5 py-2.25 text-ink-2">
          These servers are stand-ins that came with Keyward and run on this machine. Who can sign in there was printed
          where Keyward was started.
        </p>
      )}
    </Panel>
  );
}

const hostOf = (baseUrl: string): string => (URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl);
