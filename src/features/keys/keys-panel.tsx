import { Link } from '../../ui/link.tsx';
import type { Connection } from '../../http/envelope.ts';
import { Band } from '../../ui/band.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { State } from '../../ui/state.tsx';
import { Cell, Table, TwoLines } from '../../ui/table.tsx';
import { expiryWords, lastUseWords, stateOf } from './key-words.ts';
import { writeView, plainView } from './key-view.ts';
import { sortKeys } from './order-keys.ts';
import { useInventory } from './use-inventory.ts';

const ROWS_MAX = 5;

const columns = [
  { name: 'Name' },
  { name: 'Expires', widthRem: 7 },
  { name: 'Last used', widthRem: 7 },
  { name: 'State', widthRem: 7 },
];

/** The keys of one connection at a glance: those that end first. */
export function KeysPanel({ connection }: { readonly connection: Connection }) {
  const { sources, entries, reading, atMs } = useInventory(connection.id);
  const [source] = sources;
  const failures = source?.failures ?? [];
  const rows = sortKeys(entries, { sorting: 'expires', descending: false }).slice(0, ROWS_MAX);
  const query = writeView({ ...plainView, connection: connection.id }).toString();
  return (
    <Panel
      title="Keys"
      note={entries.length > ROWS_MAX ? `first ${String(ROWS_MAX)} of ${String(entries.length)}` : entries.length}
      actions={
        <Link to={`/keys?${query}`} className={buttonClass('secondary', 'small')}>
          All keys
        </Link>
      }
      flush
    >
      {rows.length > 0 ? (
        <Table label="Keys" columns={columns}>
          {rows.map((entry) => {
            const { kind, word, why } = stateOf(entry, atMs);
            return (
              <tr key={entry.id}>
                <Cell card="title">
                  <TwoLines first={<bdi>{entry.name}</bdi>} second={entry.noun} />
                </Cell>
                <Cell card="fact" name="Expires" numeric>
                  {expiryWords(entry)}
                </Cell>
                <Cell card="fact" name="Last used" numeric>
                  {lastUseWords(entry, atMs)}
                </Cell>
                <Cell card="state">
                  <State kind={kind} title={why}>
                    {word}
                  </State>
                </Cell>
              </tr>
            );
          })}
        </Table>
      ) : (
        <p className="p-3.5 text-ink-2">
          {reading ? 'Reading…' : (source?.face?.unlisted ?? 'No key of whoever is signed in stands in the list.')}
        </p>
      )}
      {failures.map((failure) => (
        <Band key={failure.code} tone="warn" title={failure.sentence} flush>
          {failure.next}
        </Band>
      ))}
    </Panel>
  );
}
