import { useNavigate } from 'react-router';
import { useConnections, useServices } from '../console/use-services.ts';
import { MenuGroup, MenuItem } from '../ui/menu-items.tsx';

/** Every connection, under its provider. Choosing one opens that provider's page with the connection chosen. */
export function SignInItems() {
  const { registry } = useServices();
  const connections = useConnections();
  const navigate = useNavigate();
  const groups = registry
    .map((entry) => ({ ...entry, own: connections.filter(({ provider }) => provider === entry.id) }))
    .filter(({ own }) => own.length > 0);
  if (groups.length === 0) {
    return (
      <MenuItem hint="The settings say how to add one." onSelect={() => void navigate('/settings')}>
        No connection is set up yet
      </MenuItem>
    );
  }
  return groups.map(({ id, name, route, own }) => (
    <MenuGroup key={id} label={name}>
      {own.map((connection) => (
        <MenuItem
          key={connection.id}
          hint={hostOf(connection.baseUrl)}
          onSelect={() => void navigate(`${route}?connection=${encodeURIComponent(connection.id)}`)}
        >
          {connection.name}
        </MenuItem>
      ))}
    </MenuGroup>
  ));
}

const hostOf = (baseUrl: string): string => (URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl);
