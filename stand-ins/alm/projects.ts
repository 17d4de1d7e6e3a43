import { createHash } from 'node:crypto';

export interface Project {
  /** Changes when a project is restored from a backup or moved to another server. */
  id: number;
  readonly name: string;
  /** With its braces. Never changes. */
  readonly uuid: string;
  /** By an administrator. */
  locked: boolean;
}

/** The same name has the same uuid at every start of the demo. */
function uuidOf(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}}`;
}

export const createProject = (id: number, name: string): Project => ({
  id,
  name,
  uuid: uuidOf(`${id} ${name}`),
  locked: false,
});

export const demoProjects = (): Project[] => [
  createProject(4, 'Payments'),
  createProject(7, "O'Brien & Sons {legacy}"),
  createProject(8, 'Firmware / Bootloader'),
  createProject(11, 'Rocket 🚀 "Alpha"'),
];

/** Names that break whoever does not encode, quote or escape. */
const awkward: readonly ((number: number) => string)[] = [
  (number) => `Project "${number}"`,
  (number) => `Team ${number}'s / backlog`,
  (number) => `{template} ${number}`,
  (number) => `🚀 Launch ${number} 🧪`,
  (number) => `50% done? #${number} & more; a+b=c`,
  (number) => `back\\slash ${number} <b>bold</b>`,
  (number) => `$(id) \`${number}\` $HOME`,
  (number) => `Überprüfung № ${number}`,
  // A name that is also another project's id: by name it cannot be reached.
  (number) => `${number - 1}`,
];

export const awkwardProjects = (count: number): Project[] =>
  Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    return createProject(number, awkward[index % awkward.length]?.(number) ?? `Project ${number}`);
  });

/** Record id, uuid or name, in this order. */
export function findProject(projects: readonly Project[], segment: string): Project | undefined {
  return (
    projects.find(({ id }) => String(id) === segment) ??
    projects.find(({ uuid }) => uuid === segment) ??
    projects.find(({ name }) => name === segment)
  );
}
