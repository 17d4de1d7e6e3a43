/** How values leave this server: JSON with `/Date(ms)/`, XML with ISO dates, or JSONP. */
export type Value = string | number | boolean | null | Date | readonly Value[] | { readonly [key: string]: Value };

export interface Format {
  readonly kind: 'json' | 'xml';
  /** JSONP's function. */
  readonly callback: string | null;
}

export function formatOf(url: URL, accept: string | null): Format {
  const wanted = url.searchParams.get('format');
  const prefersXml = accept !== null && accept.includes('application/xml') && !accept.includes('application/json');
  return {
    kind: wanted === 'xml' || (wanted === null && prefersXml) ? 'xml' : 'json',
    callback: url.pathname.endsWith('.json') ? url.searchParams.get('callback') : null,
  };
}

export function render(value: Value, format: Format): { body: string; contentType: string } {
  if (format.callback !== null) {
    return { body: `${format.callback}(${json(value)});`, contentType: 'text/javascript;charset=UTF-8' };
  }
  if (format.kind === 'xml')
    return { body: `<?xml version="1.0"?>${xml('response', value)}`, contentType: 'application/xml' };
  return { body: json(value), contentType: 'application/json;charset=UTF-8' };
}

const json = (value: Value): string => JSON.stringify(withoutDates(value));

function withoutDates(value: Value): unknown {
  if (value instanceof Date) return `/Date(${value.getTime()})/`;
  if (Array.isArray(value)) return value.map(withoutDates);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withoutDates(field)]));
}

function xml(name: string, value: Value): string {
  return `<${name}>${inner(value)}</${name}>`;
}

function inner(value: Value): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item: Value) => xml('item', item)).join('');
  if (typeof value !== 'object') {
    return String(value).replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
  }
  return Object.entries(value)
    .map(([key, field]) => xml(key, field))
    .join('');
}
