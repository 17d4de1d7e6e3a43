import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createStoredChoice } from './stored-choice.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import { startTheme, theme } from './theme.ts';

describe('theme', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('follows the system until somebody chooses', () => {
    const root = document.createElement('html');
    const stop = startTheme(root);
    expect(root.dataset['theme']).toBeUndefined();
    theme.write('dark');
    expect(root.dataset['theme']).toBe('dark');
    theme.write('system');
    expect(root.dataset['theme']).toBeUndefined();
    stop();
    theme.write('light');
    expect(root.dataset['theme']).toBeUndefined();
  });

  it('stands from the first moment where it was chosen before', () => {
    localStorage.setItem('keyward.theme', 'light');
    const root = document.createElement('html');
    startTheme(root)();
    expect(root.dataset['theme']).toBe('light');
  });

  it('follows another tab', () => {
    const root = document.createElement('html');
    const stop = startTheme(root);
    localStorage.setItem('keyward.theme', 'dark');
    window.dispatchEvent(new StorageEvent('storage', { key: 'keyward.theme' }));
    expect(root.dataset['theme']).toBe('dark');
    stop();
  });

  it('is switched in three ways', async () => {
    render(<ThemeSwitch />);
    expect(screen.getByRole('radio', { name: 'System' })).toBeChecked();
    await userEvent.click(screen.getByText('Dark'));
    expect(screen.getByRole('radio', { name: 'Dark' })).toBeChecked();
    expect(localStorage.getItem('keyward.theme')).toBe('dark');
  });
});

describe('a stored choice', () => {
  it('is the first one where storage holds nonsense', () => {
    localStorage.setItem('test.choice', '<script>');
    expect(createStoredChoice('test.choice', ['on', 'off']).read()).toBe('on');
  });

  it('holds for this page where the browser refuses storage', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('refused', 'QuotaExceededError');
    });
    const choice = createStoredChoice('test.refused', ['on', 'off']);
    choice.write('off');
    expect(choice.read()).toBe('off');
  });
});
