import type { Connection } from '../../http/envelope.ts';
import { alm } from '../../providers/alm/index.ts';
import { lazyPart } from '../../ui/lazy-part.ts';
import { ProviderPage } from '../provider-page.tsx';

const ProjectTokens = lazyPart(async () => (await import('./project-tokens.tsx')).ProjectTokens);

/** Perforce ALM: a token for each project, which key or password minted which, and what a restart of the server did. */
export function Page() {
  return (
    <ProviderPage
      provider={alm}
      about={about}
      ahead={ProjectTokens}
      keys
      own={({ sessions, session, choose }) => (
        <ProjectTokens sessions={sessions} chosen={session.id} onChoose={choose} />
      )}
    />
  );
}

function about({ settings, baseUrl }: Connection): readonly string[] {
  return [
    URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl,
    ...(settings['segment'] === undefined ? [] : [`path name ${settings['segment']}`]),
  ];
}
