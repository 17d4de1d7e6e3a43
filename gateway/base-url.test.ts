// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { readBaseUrl } from './base-url.ts';

describe('a base URL', () => {
  it.each([
    ['https://iam.example.com/auth', 'https://iam.example.com/auth'],
    ['https://iam.example.com/', 'https://iam.example.com'],
    ['https://iam.example.com/auth/', 'https://iam.example.com/auth'],
    ['https://IAM.example.com:443', 'https://iam.example.com'],
    ['https://iam.example.com:8443/a-b_c.d~e', 'https://iam.example.com:8443/a-b_c.d~e'],
    ['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
    ['https://[fd00::2]:8443', 'https://[fd00::2]:8443'],
  ])('is taken: %s', (written, baseUrl) => {
    expect(readBaseUrl(written)).toEqual({ ok: true, baseUrl, plainHttp: false, loopback: false });
  });

  it.each([
    ['http://localhost:4611', true],
    ['http://127.0.0.1', true],
    ['http://127.8.9.1', true],
    ['http://[::1]:80', true],
    ['http://iam.example.com', false],
    ['http://127.0.0.1.example.com', false],
    ['http://[::ffff:7f00:1]', false],
    ['http://10.0.0.1', false],
  ])('is plain http, on this machine or not: %s', (written, loopback) => {
    expect(readBaseUrl(written)).toMatchObject({ ok: true, plainHttp: true, loopback });
  });

  it.each([
    ['', /must begin/],
    ['iam.example.com', /must begin/],
    ['//iam.example.com', /must begin/],
    ['javascript:alert(1)', /must begin/],
    ['data:text/html,x', /must begin/],
    ['ftp://iam.example.com', /must begin/],
    ['https:///auth', /names no host/],
    ['https://user@iam.example.com', /user name or password/],
    ['https://user:canary@iam.example.com', /user name or password/],
    ['https://iam.example.com?x=canary', /query/],
    ['https://iam.example.com/auth?', /query/],
    ['https://iam.example.com#x', /fragment/],
    ['https://iam.example.com\\@evil.test', /backslash/],
    ['https:\\\\iam.example.com', /must begin/],
    ['https://iam.example.com.', /ends with a dot/],
    ['https://iam.example%2eevil.test', /%/],
    ['https://[fe80::1%25eth0]', /%/],
    ['https://iam.example.com/%2e%2e/x', /escaped/],
    ['https://iam.example.com/a%2fb', /escaped/],
    ['https://iam.example.com/../x', /read differently/],
    ['https://iam.example.com/a/./b', /read differently/],
    ['https://iam.example.com/a//b', /empty part/],
    ['https://iam.example.com/ä', /read differently/],
    ['https://iam.example.com:0', /port 0/],
    ['https://iam.example.com:99999', /not an address/],
    ['https://iam example.com', /space/],
    ['https://iam.example.com\n', /space/],
    ['https://iam\u200b.example.com', /invisible/],
    ['http://0x7f.1', /read as 127\.0\.0\.1/],
    ['http://2130706433', /read as 127\.0\.0\.1/],
    ['http://127.1', /read as 127\.0\.0\.1/],
    ['http://１２７.0.0.1', /read as 127\.0\.0\.1/],
    ['https://bücher.example', /read as xn--bcher-kva\.example/],
    ['https://[::ffff:127.0.0.1]', /read as/],
    [`https://iam.example.com/${'a'.repeat(65_536)}`, /longer/],
  ])('is refused: %s', (written, sentence) => {
    const read = readBaseUrl(written);
    expect(read.ok).toBe(false);
    const [fault, ...further] = read.ok ? [] : read.faults;
    expect(further).toEqual([]);
    expect(fault).toMatch(sentence);
    expect(fault).not.toContain('canary');
  });

  it.each([
    ['https://user:canary@iam.example.com/auth?x=canary#y', ['user name', 'query', 'fragment']],
    ['https://iam.example.com/auth?x=canary#y', ['query', 'fragment']],
    ['https://a@user:canary@iam.example.com./auth#y', ['user name', 'fragment', 'ends with a dot']],
    ['https://user:canary@?x', ['user name', 'query', 'names no host']],
    [' https://user:canary@t/auth?x', ['space', 'user name', 'query']],
    ['https://iam.example.com\\a//b#x', ['backslash', 'fragment', 'empty part']],
    ['iam.example.com:0/auth?x', ['must begin', 'query', 'port 0']],
    ['ftp://user:canary@iam.example.com.', ['must begin', 'user name', 'ends with a dot']],
    ['https://iam.example.com.:0//auth/../b', ['port 0', 'ends with a dot', 'empty part', 'read differently']],
    ['https://bücher.example.:0', ['port 0', 'ends with a dot', 'read as xn--bcher-kva.example']],
    ['https://bücher.example:99999', ['not an address', 'read as xn--bcher-kva.example']],
    ['https://iam%2eexample.com./%2e%2e/a//b', ['ends with a dot', '% in its host', 'escaped', 'empty part']],
    ['https:///a//../b', ['names no host', 'empty part', 'read differently']],
    ['https://iam.example.com:99999//x', ['not an address', 'empty part']],
    [`https://user:canary@t/${'a'.repeat(2_048)}?x`, ['longer', 'user name', 'query']],
    ['https://iam.example.com/a//b?x=//canary', ['query', 'empty part']],
  ])('lists every fault: %s', (written, words) => {
    const read = readBaseUrl(written);
    const faults = read.ok ? [] : read.faults;
    expect(faults).toHaveLength(words.length);
    words.forEach((word, at) => expect(faults[at]).toContain(word));
    expect(faults.join(' ')).not.toContain('canary');
  });

  it.each([
    ['http://[fe80::1%25eth0]/auth', true],
    ['http://user:canary@iam.example.com?x', true],
    ['http://iam.example.com.:0//a', true],
    [' http://10.0.0.1', true],
    ['http://iam.example.com:99999', true],
    ['http://user@localhost.:0?x', false],
    ['http://0x7f.1', false],
    ['http:///a', false],
    ['http://[::1', false],
    ['https://iam.example.com?x', false],
    ['iam.example.com', false],
  ])('tells beside its faults that it is plain http to another machine, where that is certain: %s', (written, is) => {
    expect(readBaseUrl(written)).toMatchObject({ ok: false, insecure: is });
  });
});
