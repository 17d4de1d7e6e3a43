import { createElement, useId, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { Link } from '../ui/link.tsx';
import { useKeeping, useServices } from '../console/use-services.ts';
import { Caret } from '../ui/caret.tsx';
import { Menu } from '../ui/menu.tsx';
import { Count } from './count.tsx';
import type { SessionCount } from './session-counts.ts';
import { providersMenu } from './shell-parts.ts';

interface NavigationProps {
  readonly count: (provider: string) => SessionCount;
  /** The provider with the fullest count of limited sessions. */
  readonly fullest: string | undefined;
}

/** Every page: a rail on a wide window, one row on a narrow one, where the providers share a menu. */
export function Navigation({ count, fullest }: NavigationProps) {
  const { registry } = useServices();
  const { openJobs } = useKeeping();
  const heading = useId();
  return (
    <nav aria-label="Pages" className="rail-pages">
      <PageLink to="/" name="Overview" count={count('')} />
      <PageLink to="/keys" name="Keys" />
      <PageLink to="/check" name="Check a key" />
      <PageLink to="/incident" name="Incidents">
        {openJobs > 0 && <span className="rail-count">{openJobs} open</span>}
      </PageLink>
      <PageLink to="/activity" name="Activity" />
      <div role="group" aria-labelledby={heading} className="rail-providers">
        <p id={heading} className="rail-heading px-2 pt-4 pb-1.5">
          Providers
        </p>
        {registry.map(({ id, name, route }) => (
          <PageLink key={id} to={route} name={name} count={count(id)} />
        ))}
      </div>
      <ProvidersMenu count={count} fullest={fullest} />
      <PageLink to="/settings" name="Settings" last />
    </nav>
  );
}

interface PageLinkProps {
  readonly to: string;
  readonly name: string;
  readonly count?: SessionCount;
  readonly last?: boolean;
  /** At the right end. */
  readonly children?: ReactNode;
}

function PageLink({ to, name, count, last = false, children }: PageLinkProps) {
  const { pathname } = useLocation();
  return (
    <Link
      to={to}
      className={last ? 'rail-link rail-link-last' : 'rail-link'}
      aria-current={pathname === to ? 'page' : undefined}
    >
      {name}
      {count !== undefined && count.open > 0 && <Count {...count} />}
      {children}
    </Link>
  );
}

function ProvidersMenu({ count, fullest }: NavigationProps) {
  const { registry } = useServices();
  const { pathname } = useLocation();
  const here = registry.find(({ route }) => route === pathname);
  const full = registry.find(({ id }) => id === fullest);
  return (
    <div className="rail-menu" data-here={here !== undefined || undefined}>
      <Menu
        label="Providers"
        look="quiet"
        named
        button={
          <>
            {here?.name ?? 'Providers'}{' '}
            {full && (
              <>
                {full !== here && <span className={here ? undefined : 'sr-only'}>· {full.name}</span>}{' '}
                {count(full.id).mark}{' '}
              </>
            )}
            <Caret />
          </>
        }
        arrive={providersMenu.load}
        items={() => {
          const part = providersMenu.now();
          return part && createElement(part.ProviderItems, { count });
        }}
      />
    </div>
  );
}
