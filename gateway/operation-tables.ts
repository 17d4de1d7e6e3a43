import type { Operation, Param } from '../src/http/operation.ts';
import type { Vendors } from './connections.ts';

const forbidden =
  /^(?:host|cookie|origin|referer|user-agent|accept|content-.*|connection|transfer-encoding|te|upgrade|expect|proxy-.*|sec-.*|x-forwarded-.*)$/i;
const neverBack = /^(?:set-cookie2?|location|www-authenticate)$/i;

/** Refuses, at start, a table that would break the gateway's promises: a mistake in data must not wait for its first call. */
export function assertOperationTables(vendors: Vendors): void {
  for (const [provider, { operations }] of Object.entries(vendors)) {
    for (const [name, operation] of Object.entries(operations)) {
      const fault = faultOf(operation);
      if (fault) throw new Error(`The operation ${provider}.${name} ${fault}.`);
    }
  }
}

function faultOf(operation: Operation): string | undefined {
  const params = Object.entries(operation.params);
  const places = new Set(params.map(([, param]) => param.in));
  const inPath = params.filter(([, param]) => param.in === 'path').map(([name]) => name);
  const named = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name);
  if (!operation.path.startsWith('/') || /[?#\\\s]|\/\.{1,2}(?:\/|$)|\/\//.test(operation.path))
    return 'has a path that is not a plain one';
  if (inPath.length !== named.length || inPath.some((name) => !named.includes(name)))
    return 'has a path that does not match its parameters';
  if (places.has('form') && places.has('json')) return 'has both a form and a JSON body';
  if (operation.method === 'GET' && (places.has('form') || places.has('json'))) return 'is a GET with a body';
  if (places.has('basic-password') && !places.has('basic-user')) return 'has a password for Basic without a user';
  if (operation.replyHeaders?.some((header) => neverBack.test(header)))
    return 'asks for a reply header that never comes back';
  return params.map(([name, param]) => faultOfParam(name, param)).find((fault) => fault !== undefined);
}

function faultOfParam(name: string, param: Param): string | undefined {
  if (param.within !== undefined && param.in !== 'json') return `puts ${name} into a JSON object, and not into JSON`;
  if (param.in === 'header' && forbidden.test(param.as ?? name))
    return `sets the header of ${name}, which is not its to set`;
  if (param.in === 'header' && !/^[A-Za-z0-9-]+$/.test(param.as ?? name))
    return `has a header name for ${name} that is none`;
  if (param.from === 'fixed' && param.value === undefined) return `has no value for ${name}`;
  return undefined;
}
