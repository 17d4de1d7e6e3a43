import { MenuGroup, MenuItem } from '../../ui/menu-items.tsx';
import type { SessionView } from '../../sessions/record.ts';
import { shapeLabel, shapeOnButton } from './shape-facts.ts';
import type { Form, Remembered } from './shape-names.ts';
import { shapes } from './shapes.ts';
import { useShapeFacts } from './use-shape-facts.ts';

interface CopyMenuProps {
  readonly session: SessionView;
  /** "access key"; undefined for a token. */
  readonly carried: string | undefined;
  readonly onChoose: (choice: Remembered) => void;
}

/** Every shape, once with the secret and once with the name of a variable. Choosing one copies it. */
export function CopyMenu({ session, carried, onChoose }: CopyMenuProps) {
  const what = carried ?? 'token';
  const facts = useShapeFacts(session);
  const inQuery = facts?.inQuery ?? false;
  const items = (form: Form) =>
    shapes.map((shape) => (
      <MenuItem
        key={shape.id}
        onSelect={() => onChoose({ shape: shape.id, form, onButton: shapeOnButton(shape.id, inQuery) })}
      >
        {shape.id === 'token' ? withCapital(what) : shapeLabel(shape.id, inQuery)}
      </MenuItem>
    ));
  return (
    <div className="grid grid-cols-2 gap-x-1 [&>.menu-group]:mt-0 [&>.menu-group]:border-t-0 [&>.menu-group]:pt-0">
      <MenuGroup label={`With the ${what}`}>{items('secret')}</MenuGroup>
      <MenuGroup label={`With $${facts?.variable ?? 'TOKEN'}`}>{items('variable')}</MenuGroup>
      <p className="col-span-2 mt-1 border-t border-line px-2 pt-2 pb-1 text-sm text-ink-3">
        With the {what} in it, none of these shapes belongs in a repository.
        {facts?.warning ? ` ${facts.warning}` : ''}
      </p>
    </div>
  );
}

const withCapital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
