import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../test/eventually.ts';
import { Menu } from './menu.tsx';
import { MenuGroup, MenuItem } from './menu-items.tsx';
import { SplitButton } from './split-button.tsx';

const select = vi.fn<(what: string) => void>();
const items = vi.fn(() => (
  <>
    <MenuGroup label="With $TOKEN">
      <MenuItem onSelect={() => select('curl')}>curl</MenuItem>
      <MenuItem onSelect={() => select('fetch')}>fetch</MenuItem>
    </MenuGroup>
    <MenuItem disabled onSelect={() => select('python')}>
      Python
    </MenuItem>
    <MenuItem onSelect={() => select('token')}>Token</MenuItem>
  </>
));

const draw = () => render(<Menu label="Copy the token as" button="▾" items={items} />);
const opener = () => screen.getByRole('button', { name: 'Copy the token as' });
const item = (name: string) => screen.getByRole('menuitem', { name, hidden: true });

/** What a browser does beside showing it. */
const tells = (type: string, newState: string) =>
  act(() => {
    const event = Object.assign(new Event(type), { newState });
    screen.getByRole('menu', { hidden: true }).dispatchEvent(event);
  });

describe('Menu', () => {
  beforeEach(() => {
    select.mockReset();
    items.mockClear();
  });

  it('draws no item before it is opened', async () => {
    draw();
    expect(items).not.toHaveBeenCalled();
    expect(opener()).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(opener());
    expect(opener()).toHaveAttribute('aria-expanded', 'true');
    expect(item('curl')).toHaveFocus();
  });

  it('is walked with the arrow keys, around both ends and past what is disabled', async () => {
    draw();
    opener().focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(item('curl')).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(item('Token')).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    expect(item('curl')).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    expect(item('Token')).toHaveFocus();
    await userEvent.keyboard('{Home}');
    expect(item('curl')).toHaveFocus();
    await userEvent.keyboard('{End}');
    expect(item('Token')).toHaveFocus();
  });

  it('jumps to the item that begins with the typed letter, and keeps the letter to itself', async () => {
    const onKeyDown = vi.fn();
    document.addEventListener('keydown', onKeyDown);
    draw();
    await userEvent.click(opener());
    await userEvent.keyboard('f');
    expect(item('fetch')).toHaveFocus();
    expect(onKeyDown).not.toHaveBeenCalled();
    document.removeEventListener('keydown', onKeyDown);
  });

  it('does what was chosen, closes, and gives focus back', async () => {
    draw();
    await userEvent.click(opener());
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(select.mock.calls).toEqual([['fetch']]);
    expect(opener()).toHaveAttribute('aria-expanded', 'false');
    expect(opener()).toHaveFocus();
    expect(screen.queryByRole('menuitem', { hidden: true })).not.toBeInTheDocument();
  });

  it('closes on a second press of its button', async () => {
    draw();
    await userEvent.click(opener());
    await userEvent.click(opener());
    expect(opener()).toHaveAttribute('aria-expanded', 'false');
  });

  it('follows the browser when that closes it', async () => {
    draw();
    await userEvent.click(opener());
    tells('beforetoggle', 'closed');
    tells('toggle', 'closed');
    await eventually(() => {
      expect(opener()).toHaveAttribute('aria-expanded', 'false');
    });
  });

  it('opens again by a press that comes before the browser has told that it closed it', async () => {
    draw();
    await userEvent.click(opener());
    const showPopover = vi.spyOn(HTMLElement.prototype, 'showPopover');
    tells('beforetoggle', 'closed');
    opener().focus();
    await userEvent.keyboard('{Enter}');
    expect(showPopover).toHaveBeenCalledOnce();
    tells('beforetoggle', 'open');
    tells('toggle', 'closed');
    expect(opener()).toHaveAttribute('aria-expanded', 'true');
    expect(item('curl')).toHaveFocus();
    showPopover.mockRestore();
  });
});

it('a split button does its action in one press and its other shapes from the menu', async () => {
  const onClick = vi.fn();
  render(
    <SplitButton menuLabel="Copy the token as" items={items} onClick={onClick}>
      Copy
    </SplitButton>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Copy' }));
  expect(onClick).toHaveBeenCalledOnce();
  await userEvent.click(opener());
  await userEvent.click(item('curl'));
  expect(select).toHaveBeenLastCalledWith('curl');
  expect(onClick).toHaveBeenCalledOnce();
});
