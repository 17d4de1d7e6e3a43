import { describe, expect, it } from 'vitest';
import type { Operation, ParamValue } from '../src/http/operation.ts';
import { toyConnection } from '../test/toy-connection.ts';
import { buildRequest } from './build-request.ts';

const operation = {
  method: 'POST',
  path: '/{segment}/things',
  effect: 'change',
  label: 'choose',
  params: {
    segment: { in: 'path', from: 'caller', oneOf: ['old-name', 'new-name'] },
    size: { in: 'json', from: 'caller', oneOf: ['small'], optional: true },
  },
} as const satisfies Operation;

const build = (params: Readonly<Record<string, ParamValue>>) =>
  buildRequest(operation, {
    connection: toyConnection('https://vendor.example'),
    params,
    takeCode: () => undefined,
    userAgent: undefined,
    clientAddress: undefined,
  });

describe('a parameter with a list of values', () => {
  it('takes each of them', () => {
    expect(build({ segment: 'old-name' }).url.href).toBe('https://vendor.example/old-name/things');
    expect(build({ segment: 'new-name', size: 'small' }).body?.toString()).toBe('{"size":"small"}');
  });

  it.each([
    [{ segment: 'other-name' }, 'segment'],
    [{ segment: 'OLD-NAME' }, 'segment'],
    [{ segment: '' }, 'segment'],
    [{ segment: 'old-name/..' }, 'segment'],
    [{ segment: 'old-name', size: 'large' }, 'size'],
    [{ segment: 'old-name', size: ['small'] }, 'size'],
  ])('refuses %j, and repeats the name alone', (params, name) => {
    expect(() => build(params)).toThrow(
      expect.objectContaining({ type: 'bad-parameter', detail: `“${name}” is none of the values that it may have.` }),
    );
  });
});
