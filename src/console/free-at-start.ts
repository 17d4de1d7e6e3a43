/** The choice to free, at each start and without a question, the places that this browser took and did not give back. */
const CHOICE = 'keyward.free-slots-at-start';

export function freesAtStart(): boolean {
  try {
    return localStorage.getItem(CHOICE) === 'yes';
  } catch {
    // Storage is switched off for this site.
    return false;
  }
}

/** Where nothing can be stored, the choice lasts as long as the screen that made it. */
export function chooseFreeAtStart(free: boolean): void {
  try {
    localStorage.setItem(CHOICE, free ? 'yes' : 'no');
  } catch {
    return;
  }
}
