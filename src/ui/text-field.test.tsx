import { act, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { SelectField } from './select-field.tsx';
import { TextField } from './text-field.tsx';

describe('TextField', () => {
  it('is named by its label and described by hint and error', () => {
    render(<TextField label="User name" hint="As at the vendor." error="This is empty. Type your name." />);
    const input = screen.getByRole('textbox', { name: 'User name' });
    expect(input).toHaveAccessibleDescription('As at the vendor. This is empty. Type your name.');
    expect(input).toBeInvalid();
  });

  it('is plain without them, and says when it may stay empty', () => {
    render(<TextField label="One-time code" required={false} kind="digits" autoComplete="one-time-code" />);
    const input = screen.getByRole('textbox', { name: 'One-time code (optional)' });
    expect(input).not.toHaveAttribute('aria-describedby');
    expect(input).toBeValid();
    expect(input).toHaveAttribute('inputmode', 'numeric');
    expect(input).toHaveAttribute('autocomplete', 'one-time-code');
  });

  it('masks a secret, and a password manager still understands it', () => {
    render(<TextField label="Password" kind="secret" name="password" autoComplete="current-password" />);
    const input = screen.getByLabelText('Password');
    expect(input).toHaveAttribute('type', 'password');
    expect(input).toHaveAttribute('autocomplete', 'current-password');
    expect(input).toHaveAttribute('name', 'password');
  });

  it('shows a secret for ten seconds', () => {
    vi.useFakeTimers();
    render(<TextField label="Password" kind="secret" defaultValue="not-a-real-password" />);
    const input = screen.getByLabelText('Password');
    fireEvent.click(screen.getByRole('button', { name: 'Show Password' }));
    expect(input).toHaveAttribute('type', 'text');
    act(() => {
      vi.advanceTimersByTime(9_999);
    });
    expect(input).toHaveAttribute('type', 'text');
    act(() => {
      vi.advanceTimersByTime(1);
    });
    expect(input).toHaveAttribute('type', 'password');
    expect(input).toHaveValue('not-a-real-password');
  });

  it('hides a shown secret when asked', async () => {
    render(<TextField label="Password" kind="secret" />);
    const button = screen.getByRole('button', { name: 'Show Password' });
    await userEvent.click(button);
    expect(button).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(button);
    expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'password');
  });
});

it('SelectField offers its options and tells which was taken', async () => {
  const onChange = vi.fn<(value: string) => void>();
  render(
    <SelectField
      label="Session limit"
      hint="As your administrator set it."
      defaultValue="5"
      options={[
        { value: '5', label: '5 sessions' },
        { value: 'none', label: 'No limit' },
      ]}
      onChange={(event) => onChange(event.target.value)}
    />,
  );
  const select = screen.getByRole('combobox', { name: 'Session limit' });
  expect(select).toHaveAccessibleDescription('As your administrator set it.');
  await userEvent.selectOptions(select, 'No limit');
  expect(onChange).toHaveBeenCalledWith('none');
});
