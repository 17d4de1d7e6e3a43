import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import tseslint from 'typescript-eslint';
import { rooms } from './rooms.js';

const files = [
  'src/main.tsx',
  'src/lib/time.ts',
  'src/ui/button.tsx',
  'src/http/call.ts',
  'src/providers/contract.ts',
  'src/providers/registry.ts',
  'src/providers/ocp/index.ts',
  'src/providers/ocp/operations.ts',
  'src/providers/primatime/index.ts',
  'src/sessions/record.ts',
  'src/refresh/plan.ts',
  'src/console/console.ts',
  'src/features/sessions/list.tsx',
  'src/features/sessions/row.tsx',
  'src/features/activity/list.tsx',
  'src/pages/ocp/page.tsx',
  'src/pages/primatime/page.tsx',
  'src/app/shell.tsx',
  'gateway/main.ts',
  'gateway/config.ts',
  'stand-ins/main.ts',
  'stand-ins/ocp/server.ts',
  'test/contract/rows.ts',
];

let root: string;
let eslint: ESLint;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'keyward-rooms-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ include: ['**/*'] }));
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), 'export const subject = 1;\n');
  }
  eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    baseConfig: [
      {
        ...rooms,
        files: ['**/*.ts', '**/*.tsx'],
        languageOptions: { parser: tseslint.parser },
        settings: { ...rooms.settings, 'boundaries/root-path': root },
      },
    ],
  });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function complaints(from: string, to: string, statement = "import { subject } from '%';"): Promise<string[]> {
  const path = relative(dirname(from), to);
  const code = statement.replace('%', path.startsWith('.') ? path : `./${path}`);
  const results = await eslint.lintText(code, { filePath: join(root, from) });
  return results.flatMap((result) => result.messages.map((message) => message.message));
}

describe('the order of the rooms', () => {
  it.each([
    ['src/http/call.ts', 'src/lib/time.ts'],
    ['src/main.tsx', 'src/app/shell.tsx'],
    ['src/app/shell.tsx', 'src/pages/ocp/page.tsx'],
    ['src/pages/ocp/page.tsx', 'src/features/sessions/list.tsx'],
    ['src/features/sessions/list.tsx', 'src/features/sessions/row.tsx'],
    ['src/features/sessions/list.tsx', 'src/ui/button.tsx'],
    ['src/features/sessions/list.tsx', 'src/providers/contract.ts'],
    ['src/providers/ocp/index.ts', 'src/providers/contract.ts'],
    ['src/providers/ocp/index.ts', 'src/providers/ocp/operations.ts'],
    ['src/providers/registry.ts', 'src/providers/ocp/index.ts'],
    ['src/ui/button.tsx', 'src/lib/time.ts'],
    ['gateway/main.ts', 'src/providers/ocp/operations.ts'],
    ['gateway/main.ts', 'stand-ins/main.ts'],
  ])('lets %s import %s', async (from, to) => {
    expect(await complaints(from, to)).toEqual([]);
  });

  it.each([
    ['src/lib/time.ts', 'src/http/call.ts', 'lib must not import from http'],
    ['src/sessions/record.ts', 'src/refresh/plan.ts', 'sessions must not import from refresh'],
    ['src/refresh/plan.ts', 'src/features/sessions/list.tsx', 'refresh must not import from feature'],
    ['src/console/console.ts', 'src/ui/button.tsx', 'console must not import from ui'],
    ['src/ui/button.tsx', 'src/http/call.ts', 'ui must not import from http'],
    ['src/features/sessions/list.tsx', 'src/features/activity/list.tsx', 'feature must not import from feature'],
    ['src/features/sessions/list.tsx', 'src/pages/ocp/page.tsx', 'feature must not import from page'],
    ['src/pages/ocp/page.tsx', 'src/pages/primatime/page.tsx', 'page must not import from page'],
    ['src/providers/ocp/index.ts', 'src/providers/primatime/index.ts', 'vendor must not import from vendor'],
    ['src/app/shell.tsx', 'src/main.tsx', 'app must not import from main'],
    ['src/http/call.ts', 'gateway/main.ts', 'http must not import from gateway'],
    ['src/http/call.ts', 'test/contract/rows.ts', 'http must not import from outside'],
    ['gateway/main.ts', 'src/http/call.ts', 'gateway must not import from http'],
    ['gateway/main.ts', 'src/providers/ocp/index.ts', 'gateway must not import from vendor'],
    ['gateway/main.ts', 'stand-ins/ocp/server.ts', 'gateway must not import from stand-ins'],
    ['gateway/config.ts', 'stand-ins/main.ts', 'gateway must not import from stand-ins'],
    ['stand-ins/ocp/server.ts', 'src/providers/ocp/operations.ts', 'stand-ins must not import from vendor'],
    ['stand-ins/ocp/server.ts', 'gateway/main.ts', 'stand-ins must not import from gateway'],
  ])('refuses %s importing %s', async (from, to, words) => {
    expect(await complaints(from, to)).toEqual([expect.stringContaining(words)]);
  });

  it('lets the gateway take a type from anywhere in src, and the stand-ins not even that', async () => {
    const typeOnly = "import type { Envelope } from '%';";
    expect(await complaints('gateway/main.ts', 'src/http/call.ts', typeOnly)).toEqual([]);
    expect(await complaints('stand-ins/ocp/server.ts', 'src/http/call.ts', typeOnly)).toHaveLength(1);
  });

  it('lets a vendor’s page know that vendor and no other; nobody else knows any', async () => {
    expect(await complaints('src/pages/ocp/page.tsx', 'src/providers/ocp/index.ts')).toEqual([]);
    expect(await complaints('src/pages/ocp/page.tsx', 'src/providers/primatime/index.ts')).toHaveLength(1);
    expect(await complaints('src/features/sessions/list.tsx', 'src/providers/ocp/index.ts')).toHaveLength(1);
    expect(await complaints('src/refresh/plan.ts', 'src/providers/ocp/operations.ts')).toHaveLength(1);
  });

  it.each([
    ['import()', "export const load = () => import('%');"],
    ['export … from', "export { subject } from '%';"],
  ])('sees through %s', async (_name, statement) => {
    expect(await complaints('src/lib/time.ts', 'src/http/call.ts', statement)).toHaveLength(1);
  });
});
