import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

/** What `npm run lint` itself makes of files that exist. The rules alone are judged in the tests beside them. */
const eslint = new ESLint();

async function rulesBrokenBy(filePath: string, code: string): Promise<(string | null)[]> {
  const results = await eslint.lintText(code, { filePath });
  return results.flatMap((result) => result.messages.map((message) => message.ruleId));
}

async function levelOf(filePath: string, rule: string): Promise<unknown> {
  const config = (await eslint.calculateConfigForFile(filePath)) as { rules: Record<string, [unknown] | undefined> };
  return config.rules[rule]?.[0];
}

describe('the project’s lint', () => {
  it('refuses a room to the right of its own', async () => {
    const code = "import { registry } from '../providers/registry.ts';\nexport const first = registry[0];\n";
    expect(await rulesBrokenBy('src/lib/time.ts', code)).toEqual(['boundaries/dependencies']);
  });

  it.each([
    "import 'react';",
    "export { createRoot } from 'react-dom/client';",
    "export { Link } from 'react-router';",
    "export { useQuery } from '@tanstack/react-query';",
    "export { create } from 'zustand';",
  ])('refuses in refresh: %s', async (code) => {
    expect(await rulesBrokenBy('src/refresh/plan.ts', `${code}\n`)).toEqual(['no-restricted-imports']);
  });

  it.each(["export { createStore } from 'zustand/vanilla';", "export { QueryClient } from '@tanstack/react-query';"])(
    'lets in everywhere: %s',
    async (code) => {
      expect(await rulesBrokenBy('src/refresh/plan.ts', `${code}\n`)).toEqual([]);
    },
  );

  it.each([
    ['src/refresh/plan.ts', true],
    ['src/console/services.ts', true],
    ['src/console/use-services.ts', false],
    ['src/ui/button.tsx', false],
    ['src/features/sessions/session-row.tsx', false],
    ['src/pages/overview/index.tsx', false],
    ['src/main.tsx', false],
  ])('React in %s, refused: %s', async (file, refused) => {
    const broken = await rulesBrokenBy(file, "export { createElement } from 'react';\n");
    expect(broken.includes('no-restricted-imports')).toBe(refused);
  });

  it.each(['Link', 'NavLink'])('refuses the router’s own %s, which has its place in ui', async (name) => {
    const broken = await rulesBrokenBy('src/app/shell.tsx', `export { ${name} } from 'react-router';\n`);
    expect(broken).toContain('no-restricted-imports');
  });

  it('refuses a write to the clipboard of which whoever watches over a copied secret would not hear', async () => {
    const code = "export const copy = (): Promise<void> => navigator.clipboard.writeText('x');\n";
    expect(await rulesBrokenBy('src/features/activity/activity.tsx', code)).toEqual(['no-restricted-properties']);
    expect(await rulesBrokenBy('src/ui/copy-text.tsx', code)).toEqual(['no-restricted-properties']);
  });

  it('refuses a vendor’s id in a shared room', async () => {
    expect(await rulesBrokenBy('src/lib/time.ts', "export const id = 'ocp';\n")).toEqual(['local/no-vendor-id']);
  });

  it.each([
    ['src/providers/ocp/errors.ts', 'primatime'],
    ['src/pages/ocp/index.tsx', 'primatime'],
    ['stand-ins/ocp/server.ts', 'primatime'],
  ])('lets %s name its own vendor and no other', async (file, other) => {
    const config = (await eslint.calculateConfigForFile(file)) as {
      rules: Record<string, [number, { ids: string[] }]>;
    };
    const [level, { ids }] = config.rules['local/no-vendor-id'] ?? [0, { ids: [] }];
    expect(level).toBe(2);
    expect(ids).toContain(other);
    expect(ids).not.toContain('ocp');
  });

  it('lets the registry and tests name vendors', async () => {
    expect(await levelOf('src/providers/registry.ts', 'local/no-vendor-id')).toBeUndefined();
    expect(await levelOf('src/lib/time.test.ts', 'local/no-vendor-id')).toBeUndefined();
  });

  it('refuses default exports and barrels', async () => {
    expect(await rulesBrokenBy('src/lib/time.ts', 'export default 1;\n')).toEqual(['no-restricted-syntax']);
    expect(await rulesBrokenBy('src/lib/time.ts', "export * from './clock.ts';\n")).toEqual(['no-restricted-syntax']);
  });

  it('refuses a suppression without a reason', async () => {
    const code = '// eslint-disable-next-line eqeqeq\nexport const same = (a: unknown) => a == 1;\n';
    expect(await rulesBrokenBy('src/lib/time.ts', code)).toContain('local/reasoned-suppression');
  });
});
