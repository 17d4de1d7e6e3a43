import { useEffect, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import { MenuGroup, MenuItem } from '../../ui/menu.tsx';
import { shapes, type Choice, type Shape } from './shapes.ts';
import type { Form } from './template-pieces.ts';
import { shapeFacts, type ShapeFacts } from './text-to-copy.ts';

interface CopyMenuProps {
  readonly sessionId: string;
  readonly onChoose: (choice: Choice) => void;
}

/** Every shape, once with the secret and once with the name of a variable. Choosing one copies it. */
export function CopyMenu({ sessionId, onChoose }: CopyMenuProps) {
  const { hands } = useServices();
  const [facts, setFacts] = useState<ShapeFacts | null>(null);
  useEffect(() => {
    let gone = false;
    // Without an answer the menu says less, and copying says why.
    void shapeFacts(hands, sessionId).then(
      (found) => gone || setFacts(found),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [hands, sessionId]);

  const items = (form: Form, offered: readonly Shape[]) =>
    offered.map((shape) => (
      <MenuItem key={shape.id} onSelect={() => onChoose({ shape: shape.id, form })}>
        {shape.id === 'header' && facts?.inQuery ? 'Query parameter' : shape.label}
      </MenuItem>
    ));
  return (
    <div className="grid grid-cols-2 gap-x-1 [&>.menu-group]:mt-0 [&>.menu-group]:border-t-0 [&>.menu-group]:pt-0">
      <MenuGroup label="With the token">{items('secret', shapes)}</MenuGroup>
      <MenuGroup label={`With $${facts?.variable ?? 'TOKEN'}`}>{items('variable', shapes)}</MenuGroup>
      <p className="col-span-2 mt-1 border-t border-line px-2 pt-2 pb-1 text-sm text-ink-3">
        With the token in it, none of these shapes belongs in a repository.
        {facts?.warning ? ` ${facts.warning}` : ''}
      </p>
    </div>
  );
}
