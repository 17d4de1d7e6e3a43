import { createElement, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useFaces, useServices } from '../../console/use-services.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { useLater } from '../../ui/use-later.ts';
import { useShortcuts, type Shortcut } from '../../ui/use-shortcuts.ts';
import { byOpening, isSorting, SEARCH_ABOVE, type Listed, type Sorting } from './order-sessions.ts';
import { sessionColumns, SessionRow, type RenderCopy } from './session-row.tsx';
import { signInHref } from './sign-in-href.ts';
import { tableTools } from './session-parts.ts';
import { useSteadyPlaces } from './use-steady-places.ts';

const SORT_PARAM = 'sort';

interface SessionTableProps {
  /** At least one. */
  readonly listed: readonly Listed[];
  /** Draws the copy button of a row; its main button carries `data-copy`. Keep its identity between renders. */
  readonly renderCopy: RenderCopy;
}

/** Every session in one table. */
export function SessionTable({ listed, renderCopy }: SessionTableProps) {
  const { registry, hands } = useServices();
  const faces = useFaces(listed.map(({ session }) => session.provider));
  const [params, setParams] = useSearchParams();
  // Not in the URL: whoever looks for a token may paste one here.
  const [text, setText] = useState('');
  const place = useRef<HTMLDivElement>(null);

  const searchable = listed.length > SEARCH_ABOVE;
  const wantedSorting = params.get(SORT_PARAM);
  const sorting: Sorting | null = searchable ? (isSorting(wantedSorting) ? wantedSorting : 'ends') : null;
  const tools = useLater(tableTools, searchable);
  const wanted = useMemo(
    () =>
      tools && sorting ? tools.sort(tools.search(listed, text), sorting, hands.offsetMs) : [...listed].sort(byOpening),
    [listed, tools, text, sorting, hands],
  );
  const { rows, watch } = useSteadyPlaces(wanted);
  useCopyKeys(place);
  useKeepFocus(place, rows.length);

  const note = rows.length === listed.length ? String(listed.length) : `${rows.length} of ${listed.length}`;
  const actions =
    sorting &&
    tools &&
    createElement(tools.TableTools, {
      text,
      onText: setText,
      sorting,
      onSorting: (next) => setParams({ [SORT_PARAM]: next }, { replace: true }),
    });
  return (
    <Panel title="Sessions" note={note} actions={actions ?? undefined} flush>
      <div ref={place} tabIndex={-1} role="group" aria-label="Sessions" className="outline-none" {...watch}>
        {rows.length === 0 ? (
          <EmptyState title="No session matches">Search looks at who, provider, connection and way in.</EmptyState>
        ) : (
          <Table label="Sessions" columns={sessionColumns} wide>
            {rows.map(({ session, providerName, connectionName, alike = false }) => (
              <SessionRow
                key={session.id}
                session={session}
                providerName={providerName}
                connectionName={connectionName}
                alike={alike}
                provider={faces.get(session.provider)}
                signInHref={signInHref(registry, session.provider, session.connection, session.lineage.way)}
                renderCopy={renderCopy}
              />
            ))}
          </Table>
        )}
      </div>
    </Panel>
  );
}

/** `c`, then a digit, presses the copy button of that row. A key press counts as a gesture, so the clipboard opens. */
function useCopyKeys(place: { readonly current: HTMLElement | null }): void {
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      {
        keys: 'c #',
        label: 'Copy the token of row 1 to 9',
        run: (row) => {
          const rows = place.current?.querySelectorAll('tr[data-session]') ?? [];
          rows[row - 1]?.querySelector<HTMLElement>('[data-copy]')?.click();
        },
      },
    ],
    [place],
  );
  useShortcuts(shortcuts);
}

/** A row that leaves takes the focus with it; it goes to the table instead of being lost. */
function useKeepFocus(place: { readonly current: HTMLElement | null }, count: number): void {
  const last = useRef({ count, focused: false });
  useLayoutEffect(() => {
    const shrunk = count < last.current.count;
    if (shrunk && last.current.focused && document.activeElement === document.body) place.current?.focus();
    last.current.count = count;
  }, [place, count]);
  useLayoutEffect(() => {
    const stop = new AbortController();
    const note = (): void => {
      last.current.focused = place.current?.contains(document.activeElement) ?? false;
    };
    document.addEventListener('focusin', note, { signal: stop.signal });
    return () => stop.abort();
  }, [place]);
}
