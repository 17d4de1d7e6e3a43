import { useRef, useState, type RefObject } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Failure } from '../../http/failure.ts';
import type { KeyCreate } from '../../providers/keys-face.ts';
import type { FormField, FormValues } from '../../providers/sign-in-way.ts';
import { focusField, missingIn, readForm } from '../typed-values.ts';
import { isExpiry } from './key-form.tsx';

export interface TypedKey {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly missing: readonly string[];
  readonly failure: Failure | null;
  readonly busy: boolean;
  /** When its form was opened, by the server's clock. */
  readonly openedAtMs: number;
  /** Begins with what was typed, where that can be sent; says what is wrong with it otherwise. */
  submit(begin: (values: FormValues, id: string | null) => Promise<void>): Promise<void>;
}

interface Ground {
  readonly create: KeyCreate | undefined;
  readonly connection: Connection;
  chooseId(): string | null;
}

/** What is typed for a key, judged by its vendor before anything is written down. */
export function useTypedKey({ create, connection, chooseId }: Ground): TypedKey {
  const { nowMs, hands } = useServices();
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [openedAtMs] = useState(nowMs);
  const offsetMs = hands.offsetMs(connection.id);
  return {
    ...{ form, missing, failure, busy, openedAtMs: openedAtMs + offsetMs },
    async submit(begin) {
      if (!form.current || !create || busy) return;
      const values = readForm(form.current, create.fields);
      const fields = create.fields.filter((field): field is FormField => !isExpiry(field));
      const empty = missingIn(fields, values);
      setMissing(empty);
      setFailure(null);
      if (empty.length > 0) {
        focusField(form.current, empty[0]);
        return;
      }
      const id = chooseId();
      const request = create.request(values, { id, nowMs: nowMs() + offsetMs });
      if (!request.ok) {
        setFailure(request.failure);
        return;
      }
      setBusy(true);
      try {
        await begin(values, id);
      } catch {
        setFailure(notKept);
        setBusy(false);
      }
    },
  };
}

const notKept: Failure = {
  code: 'job-not-kept',
  happened: 'no',
  fault: 'local',
  sentence: 'This browser’s storage did not take it.',
  next: 'Nothing was sent. Make room, or try again.',
  status: null,
};
