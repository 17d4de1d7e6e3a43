import { RuleTester } from 'eslint';
import { describe, expect, it } from 'vitest';
import tseslint from 'typescript-eslint';
import { noVendorId, vendorIds } from './no-vendor-id.js';

Object.assign(RuleTester, { describe, it });

const options = [{ ids: ['ocp', 'primatime'] }];
const named = (id: string) => [{ messageId: 'named', data: { id } }];

new RuleTester({ languageOptions: { parser: tseslint.parser } }).run('no-vendor-id', noVendorId, {
  valid: [
    { code: 'const provider = entry.id;', options },
    { code: "import { ocp } from '../providers/ocp/index.ts';", options },
    { code: "const word = 'ocpx';", options },
    { code: 'const { ocp } = faces;', options },
    { code: "const sentence = 'OCP allows five sessions.';", options },
  ],
  invalid: [
    { code: "if (provider.id === 'ocp') show();", options, errors: named('ocp') },
    { code: "switch (id) { case 'primatime': break; }", options, errors: named('primatime') },
    { code: 'const id = `ocp`;', options, errors: named('ocp') },
    { code: "navigate('/ocp');", options, errors: named('ocp') },
    { code: "navigate('/ocp/sessions');", options, errors: named('ocp') },
    { code: 'const words = { primatime: 1 };', options, errors: named('primatime') },
    { code: "const words = { 'primatime': 1 };", options, errors: named('primatime') },
    { code: 'interface Faces { ocp: unknown }', options, errors: named('ocp') },
    { code: "type Id = 'ocp' | 'other';", options, errors: named('ocp') },
  ],
});

describe('vendorIds', () => {
  it('are the folders of src/providers', () => {
    expect(vendorIds(new URL('../', import.meta.url))).toEqual(expect.arrayContaining(['ocp', 'primatime']));
  });
});
