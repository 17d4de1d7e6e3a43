import type { ComponentProps, MouseEvent } from 'react';

export type ButtonLook = 'primary' | 'secondary' | 'danger' | 'quiet';
/** `icon` is as wide as the sign that stands in place of words. */
export type ButtonSize = 'normal' | 'small' | 'icon' | 'icon-small';

const looks: Readonly<Record<ButtonLook, string>> = {
  primary: 'border-ink bg-ink text-panel hover:border-ink-2 hover:bg-ink-2',
  secondary: 'border-line-strong bg-panel text-ink hover:border-control hover:bg-sunk',
  danger: 'border-bad/50 bg-panel text-bad hover:border-bad hover:bg-bad-ground',
  quiet: 'border-transparent text-ink-2 hover:bg-sunk hover:text-ink',
};

const sizes: Readonly<Record<ButtonSize, string>> = {
  normal: 'h-control px-3',
  small: 'h-control-small px-2.25 text-sm',
  icon: 'h-control px-2',
  'icon-small': 'h-control-small px-1.5 text-sm',
};

/** The classes of a button, for a link that looks like one. */
export const buttonClass = (look: ButtonLook = 'secondary', size: ButtonSize = 'normal'): string =>
  `button ${looks[look]} ${sizes[size]}`;

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'style'> {
  readonly look?: ButtonLook;
  readonly size?: ButtonSize;
  /** Its work is under way: it keeps name and focus, and does nothing when pressed. */
  readonly busy?: boolean;
}

export function Button({ look, size, busy = false, type = 'button', onClick, children, ...rest }: ButtonProps) {
  const ignore = (event: MouseEvent): void => event.preventDefault();
  return (
    <button
      {...rest}
      type={type}
      className={buttonClass(look, size)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? ignore : onClick}
    >
      {busy && <span className="mark" data-mark="busy" aria-hidden="true" />}
      {children}
    </button>
  );
}
