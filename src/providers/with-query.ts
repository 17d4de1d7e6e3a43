/** The address with these parameters, in their order. Spaces become `%20`, which every server reads. */
export const withQuery = (address: string, parameters: Readonly<Record<string, string>>): string =>
  `${address}?${Object.entries(parameters)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')}`;
