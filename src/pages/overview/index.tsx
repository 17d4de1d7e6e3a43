import { useKeeping } from '../../console/use-services.ts';
import { ClipboardLine } from '../../features/copy-token/clipboard-line.tsx';
import { CopyToken } from '../../features/copy-token/copy-token.tsx';
import { NeedsStrip } from '../../features/sessions/needs-strip.tsx';
import type { Listed } from '../../features/sessions/order-sessions.ts';
import type { CopySlot } from '../../features/sessions/session-row.tsx';
import { SessionTable } from '../../features/sessions/session-table.tsx';
import { useFocusAfterLast } from '../../features/sessions/use-focus-after-last.ts';
import { useListedSessions } from '../../features/sessions/use-listed-sessions.ts';
import { AskToKeep } from '../../features/unlock/ask-to-keep.tsx';
import { Band } from '../../ui/band.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useFetchAhead } from '../use-fetch-ahead.ts';
import { NoSessions } from './no-sessions.tsx';

/** Home: every session, and what needs a person. */
export function Page() {
  const listed = useListedSessions();
  const { keeping } = useKeeping();
  useFocusAfterLast(listed.length);
  useFetchAhead(listed.length > 0);
  return (
    <>
      <PageHeader title="Overview">{summary(listed)}</PageHeader>
      {keeping === 'undecided' && (
        <Band tone="warn" title="A reload forgets every session." action={<AskToKeep />}>
          They live in the memory of this page. They can be kept in this browser, encrypted.
        </Band>
      )}
      {listed.length === 0 ? (
        <NoSessions />
      ) : (
        <>
          <NeedsStrip listed={listed} />
          <SessionTable listed={listed} renderCopy={renderCopy} />
          <p className="text-ink-2">
            Copy refreshes first when little is left.{' '}
            <span className="pointer-coarse:hidden">
              <Kbd>c</Kbd> then <Kbd>1…9</Kbd> copies a row.
            </span>
          </p>
        </>
      )}
      <ClipboardLine />
    </>
  );
}

const renderCopy = (slot: CopySlot) => <CopyToken {...slot} size="small" />;

function summary(listed: readonly Listed[]): string {
  if (listed.length === 0) return 'Every session of every system.';
  const systems = new Set(listed.map(({ session }) => session.connection)).size;
  const sessions = listed.length === 1 ? '1 session' : `${listed.length} sessions`;
  return `${sessions} on ${systems === 1 ? '1 system' : `${systems} systems`}.`;
}
