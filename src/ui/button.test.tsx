import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Button } from './button.tsx';

it('does its work when pressed, and submits no form unless told to', async () => {
  const onClick = vi.fn();
  const onSubmit = vi.fn();
  render(
    <form onSubmit={onSubmit}>
      <Button onClick={onClick}>Refresh</Button>
    </form>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
  expect(onClick).toHaveBeenCalledOnce();
  expect(onSubmit).not.toHaveBeenCalled();
});

it('keeps name and focus while busy, and does nothing when pressed', async () => {
  const onClick = vi.fn();
  const onSubmit = vi.fn();
  const draw = (busy: boolean) => (
    <form onSubmit={onSubmit}>
      <Button type="submit" busy={busy} onClick={onClick}>
        Sign in
      </Button>
    </form>
  );
  const { rerender } = render(draw(false));
  const button = screen.getByRole('button', { name: 'Sign in' });
  button.focus();
  rerender(draw(true));
  expect(button).toHaveFocus();
  expect(button).toHaveAccessibleName('Sign in');
  expect(button).toHaveAttribute('aria-busy', 'true');

  await userEvent.click(button);
  await userEvent.keyboard('{Enter}');
  expect(onClick).not.toHaveBeenCalled();
  expect(onSubmit).not.toHaveBeenCalled();
});
