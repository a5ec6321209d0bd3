/**
 * ESLint rule for component templates: words that a person reads come from custom labels, never from the template.
 * Numbers and punctuation may stand.
 */
const READ_BY_PEOPLE = new Set([
    'alt',
    'alternative-text',
    'aria-description',
    'aria-label',
    'aria-roledescription',
    'content',
    'field-level-help',
    'help-text',
    'label',
    'placeholder',
    'title',
]);

const hasWords = (text) => /\p{L}/u.test(text.replace(/\{[^}]*\}/g, ''));

export default {
    meta: {
        type: 'problem',
        schema: [],
        messages: { literal: '"{{text}}" is text in a template: make it a custom label and import it.' },
    },
    create(context) {
        const report = (node, text) =>
            context.report({
                node,
                messageId: 'literal',
                data: { text: text.trim().replace(/\s+/g, ' ').slice(0, 60) },
            });
        return {
            Text(node) {
                if (hasWords(node.value)) report(node, node.value);
            },
            Attribute(node) {
                const name = node.key.value;
                const isRead = READ_BY_PEOPLE.has(name) || name.startsWith('message-when-');
                if (isRead && node.value !== undefined && hasWords(node.value.value)) report(node, node.value.value);
            },
        };
    },
};
