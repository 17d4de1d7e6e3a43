import { describe, expect, it } from 'vitest';
import { isNotFetched, later } from './later.ts';

describe('later', () => {
  it('asks once for what several want at the same time, and has it from then on', async () => {
    let asked = 0;
    const part = later(() => Promise.resolve({ nth: (asked += 1) }));
    expect(part.now()).toBeUndefined();
    const [one, other] = await Promise.all([part.load(), part.load()]);
    expect(one).toBe(other);
    expect(part.now()).toBe(one);
    expect(asked).toBe(1);
  });

  it('asks again for what did not arrive', async () => {
    let asked = 0;
    const part = later(() => ((asked += 1) === 1 ? Promise.reject(new TypeError('away')) : Promise.resolve('here')));
    await expect(part.load()).rejects.toThrow('away');
    expect(await part.load()).toBe('here');
  });
});

describe('isNotFetched', () => {
  it.each([
    'Failed to fetch dynamically imported module: http://localhost:4600/assets/part.js',
    'error loading dynamically imported module: http://localhost:4600/assets/part.js',
    'Importing a module script failed.',
  ])('knows it by what a browser says: %s', (said) => {
    expect(isNotFetched(new TypeError(said))).toBe(true);
  });

  it.each([
    new TypeError('x is not a function'),
    new TypeError('Failed to fetch'),
    new Error('Importing'),
    'away',
    null,
  ])('takes nothing else for it: %s', (error) => {
    expect(isNotFetched(error)).toBe(false);
  });
});
