import type { ExampleCall } from '../../providers/session-face.ts';
import { quoteScript, scriptExpression } from './quote-script.ts';
import type { Form } from './shape-names.ts';
import { piecesOf } from './template-pieces.ts';

/** A module for Node, or with its secret for any browser that the vendor lets in. */
export function fetchScript(call: ExampleCall, form: Form): string {
  const lines: string[] = [];
  let target = quoteScript(call.url);
  if (call.query.length > 0) {
    lines.push(`const url = new URL(${target});`);
    for (const { name, value } of call.query) {
      lines.push(`url.searchParams.append(${quoteScript(name)}, ${scriptExpression(piecesOf(value, call, form))});`);
    }
    target = 'url';
  }
  if (call.headers.length === 0) lines.push(`const response = await fetch(${target});`);
  else {
    lines.push(`const response = await fetch(${target}, {`, '  headers: {');
    for (const { name, value } of call.headers) {
      lines.push(`    ${quoteScript(name)}: ${scriptExpression(piecesOf(value, call, form))},`);
    }
    lines.push('  },', '});');
  }
  lines.push('console.log(response.status, await response.text());');
  return lines.join('\n');
}
