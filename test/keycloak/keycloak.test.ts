import { describe } from 'vitest';
import { describeOcpRows } from '../contract/ocp/rows.ts';
import { keycloakTarget } from './set-up.ts';

// Set by scripts/keycloak.mjs, which has started this server and set it up.
const { KEYWARD_KEYCLOAK_URL: baseUrl, KEYWARD_KEYCLOAK_VERSION: version } = process.env;
if (!baseUrl || !version) throw new Error('There is no server to judge: run npm run test:keycloak.');

const target = keycloakTarget({ version, baseUrl });

describe(`OCP’s contract, Keycloak ${version}`, () => describeOcpRows(() => target));
