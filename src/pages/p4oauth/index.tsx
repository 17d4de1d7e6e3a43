import type { Connection } from '../../http/envelope.ts';
import { p4oauth } from '../../providers/p4oauth/index.ts';
import { lazyPart } from '../../ui/lazy-part.ts';
import { ProviderPage } from '../provider-page.tsx';

const TwoThings = lazyPart(async () => (await import('./two-things.tsx')).TwoThings);

/** P4OAuth: an access token to keep, and tickets to fetch with it, which are something else. */
export function Page() {
  return (
    <ProviderPage
      provider={p4oauth}
      about={about}
      ahead={TwoThings}
      own={({ connection, session }) => <TwoThings key={session.id} connection={connection} session={session} />}
    />
  );
}

function about({ settings, baseUrl }: Connection): readonly string[] {
  return [
    URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl,
    settings['clientAuthentication'] === 'basic' ? 'client authentication by HTTP Basic' : 'no client authentication',
  ];
}
