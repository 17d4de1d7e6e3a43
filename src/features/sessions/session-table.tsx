import { createElement, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { useFaces, useServices } from '../../console/use-services.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { useGrowing } from '../../ui/use-growing.ts';
import { useLater } from '../../ui/use-later.ts';
import { useShortcuts, type Shortcut } from '../../ui/use-shortcuts.ts';
import { byOpening, isSorting, SEARCH_ABOVE, type Listed, type Sorting } from './order-sessions.ts';
import { rowId } from './row-id.ts';
import { sessionColumns, SessionRow, type RenderCopy } from './session-row.tsx';
import { signInHref } from './sign-in-href.ts';
import { tableTools } from './session-parts.ts';
import { sort } from './sort-sessions.ts';
import { useSteadyPlaces } from './use-steady-places.ts';

const SORT_PARAM = 'sort';
/** The row to be led to. */
export const SESSION_PARAM = 'session';

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
  const sorted = useMemo(
    () => (sorting ? sort(listed, sorting, hands.offsetMs) : [...listed].sort(byOpening)),
    [listed, sorting, hands],
  );
  const wanted = useMemo(() => tools?.search(sorted, text) ?? sorted, [tools, sorted, text]);
  const { rows, watch } = useSteadyPlaces(wanted);
  const { drawn, shown, next, more, reveal } = useGrowing(rows, rowIdOf);
  const isPart = next > 0;
  useWantedRow(params.get(SESSION_PARAM), (id) => {
    if (reveal(rowId(id))) return true;
    // A search has left it out.
    if (listed.some(({ session }) => session.id === id)) setText('');
    return false;
  });
  useCopyKeys(place);
  useKeepFocus(place, rows.length);

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
    <Panel title="Sessions" note={noteOf(shown, rows.length, listed.length)} actions={actions ?? undefined} flush>
      <div ref={place} tabIndex={-1} role="group" aria-label="Sessions" className="outline-none" {...watch}>
        {rows.length === 0 ? (
          <EmptyState title="No session matches">Search looks at who, provider, connection and way in.</EmptyState>
        ) : (
          <Table label="Sessions" columns={sessionColumns} wide rowsInAll={isPart ? rows.length : undefined}>
            {drawn.map(({ session, providerName, connectionName, alike = false }, at) => (
              <SessionRow
                key={session.id}
                session={session}
                providerName={providerName}
                connectionName={connectionName}
                alike={alike}
                rowIndex={isPart ? at + 2 : undefined}
                provider={faces.get(session.provider)}
                signInHref={signInHref(registry, session.provider, session.connection, session.lineage.way)}
                renderCopy={renderCopy}
              />
            ))}
          </Table>
        )}
        {isPart && (
          <div className="flex justify-center border-t border-line p-3">
            <Button onClick={more}>
              Show {next} more of {formatCount(rows.length)}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

const rowIdOf = ({ session }: Listed): string => rowId(session.id);

const counting = new Intl.NumberFormat('en');
const formatCount = (count: number): string => counting.format(count);

/** "12"; "3 of 12" where a search has left some out; "first 40 of 1,000" where not all are drawn. */
function noteOf(shown: number, found: number, all: number): string {
  const first = shown < found ? `first ${shown} of ` : '';
  return `${first}${found < all ? `${formatCount(found)} of ` : ''}${formatCount(all)}`;
}

/** Leads to the row that the address names, once for each step that led here. `lead` says whether the row is there. */
function useWantedRow(id: string | null, lead: (id: string) => boolean): void {
  const { key } = useLocation();
  const led = useRef<string>(null);
  useEffect(() => {
    if (id !== null && led.current !== key && lead(id)) led.current = key;
  });
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
