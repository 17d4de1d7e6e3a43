import type { ExampleCall } from '../../providers/session-face.ts';
import { pythonExpression, quotePython } from './quote-python.ts';
import type { Form } from './shape-names.ts';
import { piecesOf } from './template-pieces.ts';

/** Python 3 with nothing but its own library. */
export function pythonScript(call: ExampleCall, form: Form): string {
  const entries = (fields: ExampleCall['headers']): string =>
    fields
      .map(({ name, value }) => `${quotePython(name)}: ${pythonExpression(piecesOf(value, call, form))}`)
      .join(', ');
  const modules = [
    ...(form === 'variable' ? ['os'] : []),
    ...(call.query.length > 0 ? ['urllib.parse'] : []),
    'urllib.request',
  ];
  const lines = [`import ${modules.join(', ')}`];
  let target = quotePython(call.url);
  if (call.query.length > 0) {
    lines.push(`query = urllib.parse.urlencode({${entries(call.query)}})`);
    target = `${quotePython(`${call.url}?`)} + query`;
  }
  const headers = call.headers.length > 0 ? `, headers={${entries(call.headers)}}` : '';
  lines.push(
    `request = urllib.request.Request(${target}${headers})`,
    'print(urllib.request.urlopen(request).read().decode())',
  );
  return lines.join('\n');
}
