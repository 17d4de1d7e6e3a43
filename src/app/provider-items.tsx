import { useNavigate } from 'react-router';
import { useServices } from '../console/use-services.ts';
import { MenuItem } from '../ui/menu-items.tsx';
import { Count } from './count.tsx';
import type { SessionCount } from './session-counts.ts';

interface ProviderItemsProps {
  readonly count: (provider: string) => SessionCount;
}

/** Every provider's page, where the rail has no room for them. */
export function ProviderItems({ count }: ProviderItemsProps) {
  const { registry } = useServices();
  const navigate = useNavigate();
  return registry.map(({ id, name, route, summary }) => (
    <MenuItem key={id} hint={summary} onSelect={() => void navigate(route)}>
      <span className="flex font-semibold">
        {name} <Count {...count(id)} />
      </span>
    </MenuItem>
  ));
}
