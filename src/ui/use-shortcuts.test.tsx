import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { singleKeys } from './single-keys.ts';
import { ShortcutsProvider, useShortcutList, useShortcuts, type Shortcut } from './use-shortcuts.ts';

const help = vi.fn();
const copy = vi.fn();
const check = vi.fn();
const shortcuts: readonly Shortcut[] = [
  { keys: 'Ctrl+k', label: 'Check a key', run: check },
  { keys: '?', label: 'Show this list', run: help },
  { keys: 'c #', label: 'Copy a row', run: copy },
];

function Screen() {
  useShortcuts(shortcuts);
  return (
    <>
      <label>
        Search <input />
      </label>
      <input type="checkbox" aria-label="Keep fresh" />
    </>
  );
}

function List() {
  return useShortcutList().map(({ keys, label }) => <p key={keys}>{label}</p>);
}

const draw = (withScreen = true) => (
  <ShortcutsProvider>
    {withScreen && <Screen />}
    <List />
  </ShortcutsProvider>
);

describe('single-key shortcuts', () => {
  beforeEach(() => {
    localStorage.clear();
    help.mockReset();
    copy.mockReset();
  });

  it('run, also where the key needs Shift', async () => {
    render(draw());
    await userEvent.keyboard('{Shift>}?{/Shift}');
    expect(help).toHaveBeenCalledOnce();
  });

  it('may be two keys after each other, the second a digit', async () => {
    render(draw());
    await userEvent.keyboard('c7');
    expect(copy.mock.calls).toEqual([[7]]);
    await userEvent.keyboard('7');
    await userEvent.keyboard('c0');
    await userEvent.keyboard('cx3');
    expect(copy).toHaveBeenCalledOnce();
  });

  it.each(['Control', 'Meta'])(
    'with %s held they work while typing too, and whatever else is held stays the browser’s',
    async (held) => {
      check.mockReset();
      render(draw());
      singleKeys.write('off');
      await userEvent.click(screen.getByLabelText('Search'));
      await userEvent.keyboard(`{${held}>}k{/${held}}`);
      expect(check).toHaveBeenCalledOnce();
      await userEvent.keyboard(`{${held}>}{Alt>}k{/Alt}{/${held}}k{${held}>}c{/${held}}`);
      expect(check).toHaveBeenCalledOnce();
      expect(fireEvent.keyDown(document.body, { key: 'c', ctrlKey: true })).toBe(true);
    },
  );

  it('with Ctrl held leave alone what a dialog shows', () => {
    check.mockReset();
    render(
      <>
        {draw()}
        <dialog open>Shown once</dialog>
      </>,
    );
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    expect(check).not.toHaveBeenCalled();
  });

  it('are off while typing, and on where nothing is typed', async () => {
    render(draw());
    await userEvent.type(screen.getByRole('textbox'), 'c1?');
    expect(screen.getByRole('textbox')).toHaveValue('c1?');
    expect(copy).not.toHaveBeenCalled();
    expect(help).not.toHaveBeenCalled();
    screen.getByRole('checkbox').focus();
    await userEvent.keyboard('?');
    expect(help).toHaveBeenCalledOnce();
  });

  it('are off under a dialog', async () => {
    render(
      <>
        {draw()}
        <dialog open>…</dialog>
      </>,
    );
    await userEvent.keyboard('?');
    expect(help).not.toHaveBeenCalled();
  });

  it('leave the chords of the browser alone', () => {
    render(draw());
    fireEvent.keyDown(document.body, { key: 'c' });
    fireEvent.keyDown(document.body, { key: '1', ctrlKey: true });
    fireEvent.keyDown(document.body, { key: '?', metaKey: true });
    expect(copy).not.toHaveBeenCalled();
    expect(help).not.toHaveBeenCalled();
  });

  it('can be switched off', async () => {
    render(draw());
    singleKeys.write('off');
    await userEvent.keyboard('?');
    expect(help).not.toHaveBeenCalled();
  });

  it('are listed while their screen is there, and gone with it', () => {
    const { rerender } = render(draw());
    expect(screen.getByText('Copy a row')).toBeVisible();
    rerender(draw(false));
    expect(screen.queryByText('Copy a row')).not.toBeInTheDocument();
  });
});
