import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const projectConfig = JSON.parse(readFileSync('knip.json', 'utf8')) as Record<'include' | 'rules', unknown>;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keyward-cycles-'));
  mkdirSync(join(root, 'src'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'cycles', type: 'module' }));
  const { include, rules } = projectConfig;
  writeFileSync(join(root, 'knip.json'), JSON.stringify({ entry: ['src/a.ts'], include, rules }));
  writeFileSync(join(root, 'src/a.ts'), "import { b } from './b.ts';\nexport const a = (): unknown => b;\n");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function lint(b: string) {
  writeFileSync(join(root, 'src/b.ts'), b);
  return spawnSync(process.execPath, [join('node_modules', 'knip', 'bin', 'knip.js')], { cwd: root, encoding: 'utf8' });
}

it('refuses two files that import each other', () => {
  const { status, stdout } = lint("import { a } from './a.ts';\nexport const b = (): unknown => a;\n");
  expect(stdout).toContain('Circular dependencies (1)');
  expect(status).toBe(1);
});

it('is content without a cycle, and with one that only types make', () => {
  expect(lint('export const b = 1;\n').status).toBe(0);
  expect(lint("import type { a } from './a.ts';\nexport const b = (of: typeof a) => of;\n").status).toBe(0);
});
