/** The clipboard that a document without a browser lacks. Keeps to the rules that the console has to live with. */
export interface TestClipboard {
  /** What it holds; null before anything was written. */
  text: string | null;
  /** Writes that were begun, also those that came to nothing. */
  begun: number;
  /** As a browser does that was not asked by a person, or by a policy. */
  refuses: boolean;
  /** Takes it away again. */
  remove(): void;
}

export interface TestClipboardOptions {
  /** `text-alone` takes no item and so no promise, as older browsers; `none` is a context that is not secure. */
  readonly kind?: 'items' | 'text-alone' | 'none';
}

/** To be called after `userEvent.setup()`, which brings a clipboard of its own. */
export function installClipboard({ kind = 'items' }: TestClipboardOptions = {}): TestClipboard {
  const held: TestClipboard = { text: null, begun: 0, refuses: false, remove };
  const begin = (): void => {
    held.begun += 1;
    if (held.refuses) throw new DOMException('Write permission denied.', 'NotAllowedError');
  };
  const writeText = async (text: string): Promise<void> => {
    await Promise.resolve().then(begin);
    held.text = text;
  };
  const write = async (items: readonly TestItem[]): Promise<void> => {
    begin();
    for (const item of items) held.text = await textOf(await item.blobs['text/plain']);
  };
  const clipboard = kind === 'items' ? { writeText, write } : { writeText };
  const before = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: kind === 'none' ? undefined : clipboard,
  });
  if (kind === 'items') Object.assign(globalThis, { ClipboardItem: TestItem });
  else Reflect.deleteProperty(globalThis, 'ClipboardItem');

  function remove(): void {
    Reflect.deleteProperty(globalThis, 'ClipboardItem');
    if (before) Object.defineProperty(navigator, 'clipboard', before);
    else Reflect.deleteProperty(navigator, 'clipboard');
  }
  return held;
}

class TestItem {
  readonly blobs: Readonly<Record<string, Promise<Blob>>>;

  constructor(blobs: Readonly<Record<string, Promise<Blob>>>) {
    this.blobs = blobs;
  }
}

/** The document's own Blob has no `text()`. */
function textOf(blob: Blob | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new Error('The blob could not be read'));
    reader.readAsText(blob ?? new Blob());
  });
}
