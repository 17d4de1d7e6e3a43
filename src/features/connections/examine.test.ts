/** What a vendor's harmless call comes to where it goes wrong: it changes nothing, and nobody need look after it. */
import { describe, expect, it } from 'vitest';
import type { CauseCode, Phase } from '../../http/envelope.ts';
import { sampleConnection } from '../../http/sample-connection.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import { registry } from '../../providers/registry.ts';
import { examine } from './examine.ts';

const providers = await Promise.all(registry.map(({ load }) => load()));

const lost = (code: CauseCode, phase: Phase = 'sent') => sampleReply(null, '', { phase, cause: { code } });

describe.each(providers.map((provider) => [provider.id, provider] as const))('at %s', (_, provider) => {
  it.each([
    ['a cut', lost('cut')],
    ['no answer in time', lost('timeout')],
    ['a gateway that is away', lost('gateway-unreachable')],
    ['a server error', sampleReply(500, 'x')],
    ['garbage', lost('undecodable', 'answered')],
    ['an odd refusal', sampleReply(418, 'x')],
  ])('%s leaves no doubt whether it took effect', async (_name, reply) => {
    const found = await examine(
      {
        caller: { call: () => Promise.resolve(reply) },
        clocks: { estimate: () => undefined },
        nowMs: () => 0,
      },
      provider,
      sampleConnection('https://vendor.example'),
    );
    expect(found.standing).toBe('attention');
    expect(found.sentence).toMatch(/^[A-Z].*\. Nothing was to be changed by it\./);
    expect(found.sentence).not.toMatch(/took effect is not known|[Ll]ook before/);
  });
});
