/** "OCP · production". Operators tend to repeat the provider's name in the connection's. */
export const whereWords = (providerName: string, connectionName: string): string =>
  connectionName.toLowerCase().includes(providerName.toLowerCase())
    ? connectionName
    : `${providerName} · ${connectionName}`;
