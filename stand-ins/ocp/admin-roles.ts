export type AdminRole =
  'view-users' | 'manage-users' | 'query-users' | 'view-clients' | 'query-clients' | 'view-realm' | 'manage-realm';

/** What a role brings along, which a token then names too. */
const composites: Readonly<Record<string, readonly string[]>> = {
  'view-users': ['query-groups', 'query-users'],
  'view-clients': ['query-clients'],
};

export const withComposites = (roles: readonly string[]): readonly string[] => [
  ...new Set(roles.flatMap((role) => [role, ...(composites[role] ?? [])])),
];
