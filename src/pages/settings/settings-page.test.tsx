import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freesAtStart } from '../../console/free-at-start.ts';
import { createTestAuthority } from '../../../test/certificates.ts';
import { startConsole, type ConsoleHarness, type HarnessOptions } from '../../../test/console-harness.tsx';
import { startUpstream, type Upstream } from '../../../test/upstream.ts';
import { Page } from './index.tsx';

let console_: ConsoleHarness;
let person: UserEvent;
let upstream: Upstream | undefined;

beforeEach(() => {
  person = userEvent.setup({ delay: null });
});
afterEach(async () => {
  await console_.close();
  await upstream?.close();
  upstream = undefined;
  localStorage.clear();
  delete document.documentElement.dataset['theme'];
});

async function open(options: HarnessOptions = {}, at = '/settings'): Promise<void> {
  console_ = await startConsole(options);
  console_.draw(<Page />, at);
  await screen.findByLabelText('Name');
}

const card = async (name: string): Promise<HTMLElement> => await screen.findByRole('region', { name });
const checked = (place: HTMLElement): Promise<void> =>
  waitFor(() => expect(place).not.toHaveTextContent(/Checking|Not checked/));

const onlyOcpAt = (baseUrl: string, more: object = {}): HarnessOptions => ({
  entries: (own) => own.filter(({ provider }) => provider === 'ocp').map((entry) => ({ ...entry, baseUrl, ...more })),
});

describe('connections', () => {
  it('say what the gateway can tell of a server that is well', async () => {
    await open();
    const ocp = await card('OCP (demo)');
    await checked(ocp);
    expect(ocp).toHaveTextContent('No fault found');
    expect(ocp).toHaveTextContent('The IAM answered, and has the realm “master”.');
    expect(ocp).toHaveTextContent(/Reachableyes, HTTP 200 after \d+ ms/);
    expect(ocp).toHaveTextContent('Encryptionnone: plain http');
    // The console's time stands still here, so the server's runs a little ahead.
    expect(ocp).toHaveTextContent(/Server’s clock(?:agrees with|\d\.\d s ahead of) this machine \(± 0\.[5-9] s\)/);
    expect(ocp).toHaveTextContent('Session limit5');
    const primatime = await card('PrimaTime (demo)');
    expect(primatime).toHaveTextContent('Application keykept by the gateway');
    expect(console_.ocp.ledger().map(({ operation }) => operation)).toEqual(['discovery']);
  });

  it('say nothing of what happens at a limit where there is none', async () => {
    await open({
      entries: (own) =>
        own
          .flatMap((entry) => [
            { ...entry, settings: { ...entry.settings, atLimit: 'refuse' } },
            { ...entry, id: `${entry.id}-free`, name: 'Free', settings: { sessionLimit: 'none', atLimit: 'refuse' } },
          ])
          .filter(({ provider }) => provider === 'ocp'),
    });
    await waitFor(async () => expect(await card('OCP (demo)')).toHaveTextContent('At the limitRefuses the sign-in'));
    const free = await card('Free');
    expect(free).toHaveTextContent('Session limitnone');
    expect(free).not.toHaveTextContent('At the limit');
  });

  it('say which of the operator’s secrets are set', async () => {
    await open({
      vendors: ['tuleap'],
      entries: (own) => own.flatMap((entry) => [entry, { ...entry, id: 'bare', name: 'Bare', settings: {} }]),
    });
    const [bare, whole] = [await card('Bare'), await card('Tuleap (demo)')];
    await waitFor(() => expect(bare).toHaveTextContent('OAuth2 client secretnot set'));
    await waitFor(() => expect(whole).toHaveTextContent('OAuth2 client secretkept by the gateway'));
  });

  it('say which way and how far a server’s clock is off', async () => {
    console_ = await startConsole();
    console_.ocp.clock({ offsetMs: -600_000 });
    console_.draw(<Page />);
    const ocp = await card('OCP (demo)');
    await waitFor(() => expect(ocp).toHaveTextContent('10 min behind this machine'));
  });

  it('say a wrong realm, a missing /auth and a dead host, each with the fix', async () => {
    const changes: Readonly<Record<string, object>> = { realm: { settings: { realm: 'nowhere' } }, auth: {}, dead: {} };
    await open({
      entries: (own) =>
        own
          .filter(({ provider }) => provider === 'ocp')
          .flatMap((entry) =>
            Object.entries(changes).map(([id, change]) => ({
              ...entry,
              id,
              name: id,
              ...(id === 'auth' && { baseUrl: entry.baseUrl.replace('/auth', '') }),
              ...(id === 'dead' && { baseUrl: 'http://127.0.0.1:9/auth' }),
              ...change,
            })),
          ),
    });
    const [realm, auth, dead] = [await card('realm'), await card('auth'), await card('dead')];
    await Promise.all([realm, auth, dead].map(checked));
    expect(realm).toHaveTextContent('has no realm “nowhere”. Correct the realm in the connection.');
    expect(auth).toHaveTextContent('Add /auth to the base URL');
    expect(dead).toHaveTextContent('nothing listens at this port');
    expect(dead).toHaveTextContent('Reachableno, nothing was sent');
    expect(dead).toHaveTextContent('not measured: no answer with a date came yet');
    for (const place of [realm, auth, dead]) expect(place).toHaveTextContent('Attention');
  });

  it('show an untrusted certificate with its fingerprint and what to configure', async () => {
    const server = createTestAuthority('Acme test CA').issue({ name: 'iam.acme.test', hosts: ['127.0.0.1'] });
    upstream = await startUpstream({ tls: server });
    await open(onlyOcpAt(`${upstream.url}/auth`));
    const ocp = await card('OCP (demo)');
    await checked(ocp);
    expect(ocp).toHaveTextContent('not signed by anybody this connection trusts');
    expect(ocp).toHaveTextContent(`SHA-256${server.sha256}`);
    expect(ocp).toHaveTextContent(/Certificate for.*iam\.acme\.test/);
    expect(ocp).toHaveTextContent(/Issued by.*Acme test CA/);
    expect(ocp).toHaveTextContent('name that file as "ca" in this connection’s entry');
    expect(within(ocp).queryByRole('button', { name: /anyway|trust|accept/i })).not.toBeInTheDocument();
    expect(upstream.seen).toHaveLength(0);
  });

  it('show protocol, subject, issuer and end of a certificate that is trusted', async () => {
    const authority = createTestAuthority('Acme test CA');
    upstream = await startUpstream({ tls: authority.issue({ name: 'iam.acme.test', hosts: ['127.0.0.1'] }) });
    await open(onlyOcpAt(`${upstream.url}/auth`, { ca: authority.certificate }));
    const ocp = await card('OCP (demo)');
    await checked(ocp);
    expect(ocp).toHaveTextContent(/EncryptionTLSv1\.[23]/);
    expect(ocp).toHaveTextContent(/Certificate for.*iam\.acme\.test/);
    expect(ocp).toHaveTextContent(/Valid until\d/);
    expect(ocp).toHaveTextContent('Something answered that is not OCP’s IAM.');
  });

  it('are checked again on request, once per press', async () => {
    await open();
    const ocp = await card('OCP (demo)');
    await checked(ocp);
    await person.click(within(ocp).getByRole('button', { name: 'Check OCP (demo) again' }));
    await waitFor(() => expect(console_.ocp.ledger({ operation: 'discovery' })).toHaveLength(2));
  });
});

describe('the composer', () => {
  const entry = (): unknown => {
    const code = screen.getByRole('figure', { name: 'Entry for the operator’s file' }).querySelector('code');
    return JSON.parse(code?.textContent ?? '');
  };

  it('makes an entry by keyboard alone, and copies it', async () => {
    await open({}, '/settings?provider=ocp#new-connection');
    expect(screen.getByLabelText('Provider')).toHaveValue('ocp');
    screen.getByLabelText('Name').focus();
    await person.keyboard('IAM production{Tab}iam-production{Tab}https://iam.example.com/auth{Tab}');
    expect(entry()).toEqual({
      id: 'iam-production',
      provider: 'ocp',
      name: 'IAM production',
      baseUrl: 'https://iam.example.com/auth',
      settings: { realm: 'master', clientId: 'ocp', sessionLimit: '5', atLimit: 'refuse' },
    });
    await person.click(screen.getByRole('button', { name: 'Copy entry' }));
    await waitFor(async () => expect(JSON.parse(await navigator.clipboard.readText())).toEqual(entry()));
    const limit = screen.getByLabelText(/^Session limit/);
    await person.clear(limit);
    await person.type(limit, 'none');
    expect(screen.queryByLabelText(/^At the limit/)).not.toBeInTheDocument();
    expect(entry()).toMatchObject({ settings: { sessionLimit: 'none' } });
    expect(entry()).not.toHaveProperty('settings.atLimit');
  });

  it('says what is wrong at the field, once somebody has been there', async () => {
    await open({}, '/settings?provider=ocp');
    const field = screen.getByLabelText('Base URL');
    expect(field).not.toHaveAttribute('aria-invalid');
    await person.click(field);
    await person.paste('https://alice:canary-password@iam.example.com/auth');
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(field).toHaveAccessibleDescription(/The base URL has a user name or password in it\. Take them out/);
    expect(screen.getByRole('button', { name: 'Copy entry' })).toBeDisabled();
  });

  it('asks before it writes that plain http to another machine is accepted', async () => {
    await open({}, '/settings?provider=ocp');
    await person.type(screen.getByLabelText('Name'), 'IAM');
    await person.type(screen.getByLabelText('Id'), 'iam');
    await person.type(screen.getByLabelText('Base URL'), 'http://iam.example.com/auth');
    expect(screen.getByRole('button', { name: 'Copy entry' })).toBeDisabled();
    await person.click(screen.getByRole('switch', { name: /^Accept that the way is not encrypted/ }));
    expect(screen.getByRole('button', { name: 'Copy entry' })).toBeEnabled();
    expect(entry()).toMatchObject({ allowInsecure: true });
  });

  it('never asks for a secret’s value', async () => {
    await open({}, '/settings?provider=primatime');
    const field = await screen.findByLabelText('Application key: name of the environment variable');
    expect(field).toHaveAccessibleDescription(
      /Its value is set where the program runs, and never comes to this page\./,
    );
    await person.type(screen.getByLabelText('Id'), 'pt-eu');
    expect(entry()).toMatchObject({ settings: { apiKey: { env: 'PT_EU_API_KEY' } } });
  });

  it('does not offer an id that is taken', async () => {
    await open({}, '/settings?provider=ocp');
    await card('OCP (demo)');
    await person.type(screen.getByLabelText('Id'), 'ocp-demo');
    await person.tab();
    expect(screen.getByLabelText('Id')).toHaveAccessibleDescription(/The id is taken by a connection that is set up/);
  });
});

describe('this browser', () => {
  it('takes its theme from the system, or from a choice that is kept', async () => {
    await open();
    const theme = within(screen.getByRole('group', { name: 'Theme' }));
    expect(theme.getByRole('radio', { name: 'System' })).toBeChecked();
    await person.click(theme.getByRole('radio', { name: 'Dark' }));
    expect(theme.getByRole('radio', { name: 'Dark' })).toBeChecked();
    expect(localStorage.getItem('keyward.theme')).toBe('dark');
  });

  it('has single-key shortcuts that can be switched off', async () => {
    await open();
    const keys = screen.getByRole('switch', { name: /^Single-key shortcuts/ });
    expect(keys).toBeChecked();
    await person.click(keys);
    expect(keys).not.toBeChecked();
    expect(localStorage.getItem('keyward.single-keys')).toBe('off');
  });

  it('lets slots be freed at the start by itself, or no more, also while nothing is held', async () => {
    await open();
    const frees = () => screen.getByRole('switch', { name: /^Free slots by itself at the start/ });
    expect(frees()).not.toBeChecked();
    await person.click(frees());
    expect(freesAtStart()).toBe(true);
    await person.click(frees());
    expect(frees()).not.toBeChecked();
    expect(freesAtStart()).toBe(false);
  });
});
