/**
 * Refuses to switch a rule off without saying why: `// eslint-disable-next-line rule -- reason`.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const reasonedSuppression = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      unreasoned: 'Give the reason in the same line: eslint-disable-next-line <rule> -- <reason>.',
      wholesale: 'Name the rule that is switched off.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const match = /^\s*eslint-disable(?:-next-line|-line)?(?<rules>[^]*?)(?:\s--\s(?<reason>[^]*))?$/.exec(
            comment.value,
          );
          if (!match) continue;
          if (!match.groups.rules.trim()) context.report({ loc: comment.loc, messageId: 'wholesale' });
          if (!match.groups.reason?.trim()) context.report({ loc: comment.loc, messageId: 'unreasoned' });
        }
      },
    };
  },
};
