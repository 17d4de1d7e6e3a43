import { screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

const sentence = 'Locked. Waiting for the answer of one call.';

afterEach(() => {
  document.body.hidden = false;
  document.documentElement.hidden = false;
});

test('behind a sentence nothing of the page is there for anybody, whatever it goes on to draw', async () => {
  vi.stubGlobal('PublicKeyCredential', vi.fn());
  const { browserVault } = await import('./browser-vault.ts');
  const shown = (): readonly string[] => screen.queryAllByRole('button').map(({ textContent }) => textContent);
  document.head.append(Object.assign(document.createElement('style'), { textContent: '[hidden] { display: none }' }));
  document.body.innerHTML = '<main><button>Copy</button></main>';
  expect(shown()).toEqual(['Copy']);

  browserVault.hide();
  expect(getComputedStyle(document.documentElement).display).toBe('none');

  browserVault.hideBehind(sentence);
  browserVault.hideBehind(sentence);
  document.body.append(Object.assign(document.createElement('button'), { textContent: 'Revoke' }));
  expect(shown()).toEqual([]);
  expect(getComputedStyle(document.documentElement).display).not.toBe('none');
  const lines = [...document.documentElement.children].filter((one) => one.localName === 'p');
  expect(lines.map((one) => [one.role, one.textContent, one.getAttribute('style')])).toEqual([
    ['alert', sentence, null],
  ]);
  expect(getComputedStyle(document.body).display).toBe('none');

  browserVault.hide();
  expect(getComputedStyle(document.documentElement).display).toBe('none');
});
