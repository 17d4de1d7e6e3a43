import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { ChoiceList } from './choice-list.tsx';
import { Segmented } from './segmented.tsx';
import { Switch } from './switch.tsx';

it('a switch has a name and two states, by mouse and by keyboard', async () => {
  const onChange = vi.fn();
  const { rerender } = render(<Switch label="Keep m.weber fresh" checked={false} onChange={onChange} />);
  const control = screen.getByRole('switch', { name: 'Keep m.weber fresh' });
  await userEvent.click(control);
  expect(onChange).toHaveBeenLastCalledWith(true);
  rerender(<Switch label="Keep m.weber fresh" checked onChange={onChange} />);
  expect(control).toBeChecked();
  await userEvent.keyboard(' ');
  expect(onChange).toHaveBeenLastCalledWith(false);
});

it('a segmented control is one choice among a few', async () => {
  function Shapes() {
    const [shape, setShape] = useState('curl');
    const options = ['curl', 'fetch', 'HTTPie'].map((value) => ({ value, label: value }));
    return <Segmented label="Shape" value={shape} options={options} onChange={setShape} />;
  }
  render(<Shapes />);
  expect(screen.getByRole('group', { name: 'Shape' })).toBeVisible();
  expect(screen.getByRole('radio', { name: 'curl' })).toBeChecked();
  await userEvent.click(screen.getByText('HTTPie'));
  expect(screen.getByRole('radio', { name: 'HTTPie' })).toBeChecked();
  expect(screen.getByRole('radio', { name: 'curl' })).not.toBeChecked();
});

it('a list of choices says each with its reason', async () => {
  const onChange = vi.fn();
  render(
    <ChoiceList
      label="Way in"
      value="key"
      onChange={onChange}
      choices={[
        { value: 'key', title: 'Secret key', badge: 'preferred', description: 'Can be revoked by itself.' },
        { value: 'password', title: 'Password', description: 'Opens everything.' },
      ]}
    />,
  );
  const preferred = screen.getByRole('radio', { name: 'Secret key preferred' });
  expect(preferred).toBeChecked();
  expect(preferred).toHaveAccessibleDescription('Can be revoked by itself.');
  await userEvent.click(screen.getByText('Opens everything.'));
  expect(onChange).toHaveBeenCalledWith('password');
});
