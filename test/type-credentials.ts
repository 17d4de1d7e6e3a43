import { screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';

/** Into the form that is open; each stand-in's demo accounts have a password of this shape. */
export async function typeCredentials(
  person: UserEvent,
  name: string,
  password = `${name}-demo-password`,
): Promise<void> {
  for (const [label, text] of [
    ['User name', name],
    ['Password', password],
  ] as const) {
    // The typist of these tests does not notice that a form was reset.
    await person.clear(screen.getByLabelText(label));
    await person.type(screen.getByLabelText(label), text);
  }
}
