/** Which rows are selected after a press. Pure. */

export type Selected = ReadonlySet<string>;

export function toggle(selected: Selected, id: string): Selected {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** With Shift: all rows from the last pressed one to this one become what this one becomes. */
export function selectRange(
  selected: Selected,
  order: readonly string[],
  { anchor, to }: { readonly anchor: string | null; readonly to: string },
): Selected {
  const [from, until] = [anchor === null ? -1 : order.indexOf(anchor), order.indexOf(to)];
  if (from < 0 || until < 0) return toggle(selected, to);
  const next = new Set(selected);
  const on = !selected.has(to);
  for (const id of order.slice(Math.min(from, until), Math.max(from, until) + 1)) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** All of these, or none of them where all are selected already. */
export function toggleAll(selected: Selected, ids: readonly string[]): Selected {
  const all = ids.every((id) => selected.has(id));
  const next = new Set(selected);
  for (const id of ids) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return next;
}

/** Without what is no longer there. The same set where nothing went. */
export function stillThere(selected: Selected, ids: ReadonlySet<string>): Selected {
  return [...selected].every((id) => ids.has(id)) ? selected : new Set([...selected].filter((id) => ids.has(id)));
}
