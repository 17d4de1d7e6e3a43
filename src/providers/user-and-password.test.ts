import { describe, expect, it } from 'vitest';
import { readUserAndPassword } from './user-and-password.ts';

const inHeader = { noun: 'user name', inOneHeader: true } as const;
const inBody = { noun: 'login', inOneHeader: false } as const;

describe('readUserAndPassword', () => {
  it('cleans the name and leaves the password as it was chosen', () => {
    expect(readUserAndPassword({ user: '\uFEFF alice \n', password: ' "x" \r\n' }, inHeader)).toEqual({
      ok: true,
      value: { user: 'alice', password: ' "x" ' },
    });
  });

  it('takes any script, and a colon in the password', () => {
    const typed = { user: 'jürgen', password: 'Paß:wort 🔑' };
    expect(readUserAndPassword(typed, inHeader)).toEqual({ ok: true, value: typed });
  });

  it.each([
    [{ user: ' ', password: 'x' }, 'user-empty'],
    [{ user: undefined, password: 'x' }, 'user-empty'],
    [{ user: 'alice', password: '' }, 'password-empty'],
    [{ user: 'a:b', password: 'x' }, 'user-with-colon'],
    [{ user: 'alice', password: 'x'.repeat(1_025) }, 'field-too-long'],
    [{ user: 'alice', password: 'canary\u0000' }, 'control-character'],
  ])('refuses %j before anything is sent', (typed, code) => {
    const read = readUserAndPassword(typed, inHeader);
    expect(read).toMatchObject({ ok: false, failure: { code, fault: 'input', happened: 'no' } });
    expect(JSON.stringify(read)).not.toMatch(/canary|a:b/);
  });

  it('takes an empty password where the vendor has such accounts, and never an empty name', () => {
    const rules = { ...inHeader, passwordMayBeEmpty: true } as const;
    expect(readUserAndPassword({ user: 'Administrator', password: undefined }, rules)).toEqual({
      ok: true,
      value: { user: 'Administrator', password: '' },
    });
    expect(readUserAndPassword({ user: '', password: '' }, rules).ok).toBe(false);
  });

  it('takes a colon where name and password travel apart', () => {
    expect(readUserAndPassword({ user: 'a:b', password: 'x' }, inBody).ok).toBe(true);
  });
});
