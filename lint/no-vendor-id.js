import { readdirSync } from 'node:fs';

/**
 * A vendor is a folder in src/providers: a new one is covered from its first file on.
 *
 * @param {URL} root The project's folder.
 * @returns {string[]}
 */
export function vendorIds(root) {
  return readdirSync(new URL('src/providers/', root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/**
 * Refuses a vendor's id, or its route, as a string or as the key of a table. Code that asks "which vendor is this?" has
 * to be found and changed for every new vendor; code that asks "does this vendor have that member?" does not.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const noVendorId = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', properties: { ids: { type: 'array', items: { type: 'string' } } }, required: ['ids'] }],
    messages: {
      named:
        "'{{ id }}' names a vendor. Ask the provider object for a member, or take the id from the registry; only a vendor's own folders may know it.",
    },
  },
  create(context) {
    const ids = new Set(context.options[0].ids);
    const check = (node, text) => {
      const id = String(text).replace(/^\//, '').replace(/\/.*$/s, '');
      if (ids.has(id)) context.report({ node, messageId: 'named', data: { id } });
    };
    const checkKey = (node) => {
      if (!node.computed && !node.shorthand && node.key.type === 'Identifier') check(node.key, node.key.name);
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string') check(node, node.value);
      },
      TemplateElement: (node) => check(node, node.value.cooked ?? ''),
      'ObjectExpression > Property': checkKey,
      TSPropertySignature: checkKey,
    };
  },
};
