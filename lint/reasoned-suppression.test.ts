import { RuleTester } from 'eslint';
import { describe, it } from 'vitest';
import { reasonedSuppression } from './reasoned-suppression.js';

Object.assign(RuleTester, { describe, it });

const unreasoned = [{ messageId: 'unreasoned' }];

new RuleTester().run('reasoned-suppression', reasonedSuppression, {
  valid: [
    '// eslint-disable-next-line eqeqeq -- null and undefined are one case here\nlet a;',
    '/* eslint-disable eqeqeq -- generated */',
    '// a word about eslint-disable-next-line in a sentence',
  ],
  invalid: [
    { code: '// eslint-disable-next-line eqeqeq\nlet a;', errors: unreasoned },
    { code: 'let a; // eslint-disable-line eqeqeq', errors: unreasoned },
    { code: '/* eslint-disable eqeqeq */', errors: unreasoned },
    { code: '// eslint-disable-next-line -- everything is fine\nlet a;', errors: [{ messageId: 'wholesale' }] },
  ],
});
