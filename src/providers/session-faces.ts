import type { SessionFace } from './session-face.ts';

/** Finds how the sessions of a way in behave. Throws where no session is opened by it: a guess would be a bug. */
export const sessionFaces =
  <Face extends SessionFace>(vendor: string, byWay: Readonly<Record<string, Face>>) =>
  (way: string): Face => {
    const face = Object.hasOwn(byWay, way) ? byWay[way] : undefined;
    if (!face) throw new Error(`${vendor} opens no session by the way in called ${way}`);
    return face;
  };
