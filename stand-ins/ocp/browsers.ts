/** What the server makes of a `User-Agent`. */
export interface Device {
  readonly os: string;
  readonly osVersion: string;
  readonly device: string;
  readonly mobile: boolean;
}

/** "Chrome/140", "curl/7.88.1": the name under which a session is listed. */
export function browserOf(userAgent: string): string {
  const known = /\b(Edg|Firefox|Chrome|Version)\/(\d+)/.exec(userAgent);
  if (!known) return userAgent.split(' ')[0] || 'Unknown';
  const name = { Edg: 'Edge', Version: 'Safari' }[known[1] ?? ''] ?? known[1];
  return `${name}/${known[2]}`;
}

export function deviceOf(userAgent: string): Device {
  const mobile = /Android|iPhone|iPad|Mobile/.test(userAgent);
  const [os, osVersion] = operatingSystem(userAgent);
  return { os, osVersion, device: 'Other', mobile };
}

function operatingSystem(userAgent: string): [string, string] {
  const android = /Android (\d+)/.exec(userAgent);
  if (android) return ['Android', android[1] ?? 'Unknown'];
  if (/iPhone|iPad/.test(userAgent)) return ['iOS', 'Unknown'];
  const windows = /Windows NT (\d+)/.exec(userAgent);
  if (windows) return ['Windows', windows[1] ?? 'Unknown'];
  if (userAgent.includes('Mac OS X')) return ['Mac OS X', 'Unknown'];
  if (userAgent.includes('Linux')) return ['Linux', 'Unknown'];
  return ['Other', 'Unknown'];
}
