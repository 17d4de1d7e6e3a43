import { Caret } from '../../ui/caret.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { MenuItem } from '../../ui/menu-items.tsx';
import type { Source } from './use-inventory.ts';

interface CreateMenuProps {
  readonly sources: readonly Source[];
  readonly onChoose: (source: Source) => void;
}

const canCreate = ({ face, askers }: Source): boolean =>
  face?.createGuide !== undefined || (face?.create !== undefined && askers.length > 0);

/** Where a key can be made from here. */
export function CreateMenu({ sources, onChoose }: CreateMenuProps) {
  const able = sources.filter(canCreate);
  const [only, second] = able;
  if (!only) return null;
  if (!second) {
    return (
      <Button look="primary" onClick={() => onChoose(only)}>
        Create key
      </Button>
    );
  }
  return (
    <Menu
      label="Create a key at"
      look="primary"
      named
      button={
        <>
          Create key <Caret />
        </>
      }
      items={() =>
        able.map((source) => (
          <MenuItem key={source.connection.id} hint={hintOf(source)} onSelect={() => onChoose(source)}>
            {source.providerName}
          </MenuItem>
        ))
      }
    />
  );
}

const hintOf = ({ connection, face }: Source): string =>
  `${connection.name} · ${face?.create ? 'made from here' : 'steps, and a test'}`;
