import { expect, it } from 'vitest';
import { registry } from '../providers/registry.ts';
import { pageOf } from './page-of.ts';

it.each(['activity', 'settings', 'signed-in', 'not-found', ...registry.map(({ id }) => id)])(
  'there is a page in the folder %s',
  (folder) => {
    expect(pageOf(folder)).toBe(pageOf(folder));
  },
);

it('a folder that is not there is a bug, and no empty page', () => {
  expect(() => pageOf('no-such-folder')).toThrow('No page is in this folder: no-such-folder');
});
