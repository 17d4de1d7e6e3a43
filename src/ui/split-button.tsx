import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { Caret } from './caret.tsx';
import { Menu } from './menu.tsx';

interface SplitButtonProps extends ButtonProps {
  readonly size?: 'normal' | 'small';
  readonly menuLabel: string;
  readonly items: () => ReactNode;
  /** Fetches what the items are made of, before the menu opens. */
  readonly arrive?: () => Promise<unknown>;
}

/** The action in one press; its other shapes in the menu beside it. */
export function SplitButton({
  menuLabel,
  items,
  arrive,
  look = 'secondary',
  size = 'normal',
  ...action
}: SplitButtonProps) {
  return (
    <span className="split-button">
      <Button {...action} look={look} size={size} />
      <Menu
        label={menuLabel}
        button={<Caret />}
        look={look}
        size={size === 'small' ? 'icon-small' : 'icon'}
        items={items}
        {...(arrive ? { arrive } : {})}
      />
    </span>
  );
}
