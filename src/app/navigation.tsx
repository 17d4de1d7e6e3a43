import { useId } from 'react';
import { NavLink, useLocation, useNavigate } from 'react-router';
import { useServices } from '../console/use-services.ts';
import { Caret } from '../ui/caret.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import type { SessionCount } from './session-counts.ts';

interface NavigationProps {
  readonly count: (provider: string) => SessionCount;
}

/** Every page: a rail on a wide window, one row on a narrow one, where the providers share a menu. */
export function Navigation({ count }: NavigationProps) {
  const { registry } = useServices();
  const heading = useId();
  return (
    <nav aria-label="Pages" className="rail-pages">
      <PageLink to="/" name="Overview" count={count('')} />
      <PageLink to="/activity" name="Activity" />
      <div role="group" aria-labelledby={heading} className="rail-providers">
        <p id={heading} className="rail-heading px-2 pt-4 pb-1.5">
          Providers
        </p>
        {registry.map(({ id, name, route }) => (
          <PageLink key={id} to={route} name={name} count={count(id)} />
        ))}
      </div>
      <ProvidersMenu count={count} />
      <PageLink to="/settings" name="Settings" last />
    </nav>
  );
}

interface PageLinkProps {
  readonly to: string;
  readonly name: string;
  readonly count?: SessionCount;
  readonly last?: boolean;
}

function PageLink({ to, name, count, last = false }: PageLinkProps) {
  return (
    <NavLink to={to} end className={last ? 'rail-link rail-link-last' : 'rail-link'}>
      {name}
      {count !== undefined && count.open > 0 && <Count {...count} />}
    </NavLink>
  );
}

function Count({ open, attention }: SessionCount) {
  const sessions = `${open} ${open === 1 ? 'session' : 'sessions'}`;
  if (attention === 0) {
    return (
      <span className="rail-count" title={sessions}>
        {open}
      </span>
    );
  }
  return (
    <span className="rail-count font-semibold text-warn" title={`${sessions}, ${attention} of them need you`}>
      <span className="mark mr-1.5" data-mark="attention" aria-hidden="true" />
      {open}
      <span className="sr-only">, {attention} need you</span>
    </span>
  );
}

function ProvidersMenu({ count }: NavigationProps) {
  const { registry } = useServices();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const here = registry.find(({ route }) => route === pathname);
  return (
    <div className="rail-menu" data-here={here !== undefined || undefined}>
      <Menu
        label="Providers"
        look="quiet"
        named
        button={
          <>
            {here?.name ?? 'Providers'} <Caret />
          </>
        }
        items={() =>
          registry.map(({ id, name, route, summary }) => (
            <MenuItem key={id} hint={summary} onSelect={() => void navigate(route)}>
              <span className="flex font-semibold">
                {name} <Count {...count(id)} />
              </span>
            </MenuItem>
          ))
        }
      />
    </div>
  );
}
