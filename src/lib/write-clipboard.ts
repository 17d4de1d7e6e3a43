/** Fires `write` after each text that this page wrote there itself, by any button: whatever was there before is gone. */
export const writes = new EventTarget();

/**
 * Writes a text that is still on its way. The write begins in the turn of the click, because a browser lets a page write
 * only in answer to a person; the text may take as long as a refresh takes.
 *
 * Gives `refused` where no way led to the clipboard: the context is not secure, or the browser said no. Rejects where
 * `text` does, and then nothing was written.
 */
export async function writeToClipboard(text: Promise<string>): Promise<'copied' | 'refused'> {
  const done = await write(text);
  if (done === 'copied') writes.dispatchEvent(new Event('write'));
  return done;
}

async function write(text: Promise<string>): Promise<'copied' | 'refused'> {
  const clipboard = clipboardHere();
  if (clipboard && (await writePromise(clipboard, text))) return 'copied';
  const settled = await text;
  if (!clipboard) return 'refused';
  try {
    await clipboard.writeText(settled);
    return 'copied';
  } catch {
    return 'refused';
  }
}

/** The types promise a clipboard everywhere; outside of a secure context there is none. */
export const clipboardHere = (): Clipboard | undefined => (navigator as Partial<Navigator>).clipboard;

/** False where this browser does not take a promise, or takes none at all. */
async function writePromise(clipboard: Clipboard, text: Promise<string>): Promise<boolean> {
  if (!('ClipboardItem' in globalThis) || !('write' in clipboard)) return false;
  const blob = text.then((value) => new Blob([value], { type: 'text/plain' }));
  // Where the item is refused at once nobody else waits for this promise.
  blob.catch(() => undefined);
  try {
    await clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    return true;
  } catch {
    return false;
  }
}
