import js from '@eslint/js';
import slds from '@salesforce-ux/eslint-plugin-slds';
import lwc from '@salesforce/eslint-config-lwc';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { importRules } from './config/lint/import-rules.js';
import literalText from './config/lint/literal-text.js';

const components = ['force-app/**/lwc/**/*.ts'];
const componentTests = ['force-app/**/__tests__/**/*.ts', 'config/jest/**/*.ts'];
const page = ['scripts/local-org/browser/page/**/*.ts'];
const tools = ['scripts/**/*.ts', 'e2e/**/*.ts'];

/** Type-aware rules for files of one tsconfig. */
const typed = (files, project, ignores = []) => [
    ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files, ignores })),
    {
        files,
        ignores,
        languageOptions: {
            parser: tseslint.parser,
            parserOptions: { project, tsconfigRootDir: import.meta.dirname },
        },
        rules: {
            // `import { type X }` alone would leave an empty import behind, which the platform's compiler refuses.
            '@typescript-eslint/no-import-type-side-effects': 'error',
            '@typescript-eslint/consistent-type-imports': 'error',
            // A number in a message needs no conversion.
            '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
            '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
            '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
            // Interfaces ask for promises that an implementation may have at once.
            '@typescript-eslint/require-await': 'off',
            eqeqeq: ['error', 'smart'],
        },
    },
];

/** What TypeScript checks itself, or cannot be known outside an org. */
const leftToTypeScript = {
    'import/named': 'off',
    'import/namespace': 'off',
    'import/no-unresolved': 'off',
    'no-undef': 'off',
    'no-shadow': 'off',
    'no-use-before-define': 'off',
    'consistent-return': 'off',
    'default-case': 'off',
    'dot-notation': 'off',
    // A promise that runs on its own is marked with `void`, as no-floating-promises asks.
    'no-void': ['error', { allowAsStatement: true }],
    // Formatting, which Prettier decides.
    'no-confusing-arrow': 'off',
};

export default defineConfig(
    {
        ignores: [
            '**/node_modules/**',
            '.cache/**',
            '.local-org/**',
            '.sweep/**',
            'coverage/**',
            'dist/**',
            'force-app/**/lwc/**/*.js',
            '**/*.d.ts',
        ],
    },
    { linterOptions: { reportUnusedDisableDirectives: 'error' } },

    // Lightning Web Components: Salesforce's rules, then typescript-eslint, whose parser replaces theirs.
    ...lwc.configs.recommendedTs.map((config) => ({ ...config, files: components })),
    ...typed(components, './tsconfig.json', componentTests),
    { files: components, rules: leftToTypeScript },

    // Tests of components: mocks and stubs are loosely typed by nature.
    ...typed(componentTests, './config/jest/tsconfig.json'),
    {
        files: componentTests,
        rules: {
            ...leftToTypeScript,
            '@typescript-eslint/no-non-null-assertion': 'off',
            '@typescript-eslint/no-unnecessary-type-parameters': 'off',
            '@typescript-eslint/no-unsafe-argument': 'off',
            '@typescript-eslint/no-unsafe-assignment': 'off',
            '@typescript-eslint/no-unsafe-call': 'off',
            '@typescript-eslint/no-unsafe-member-access': 'off',
            '@typescript-eslint/unbound-method': 'off',
            'no-await-in-loop': 'off',
        },
    },

    // Tools, the local org and the browser tests.
    ...typed(tools, './scripts/tsconfig.json', page),
    ...typed(page, './scripts/local-org/browser/page/tsconfig.json'),
    {
        files: tools,
        rules: {
            // node:test's `test` and `describe` return promises that the runner itself awaits.
            '@typescript-eslint/no-floating-promises': [
                'error',
                {
                    allowForKnownSafeCalls: [
                        { from: 'package', name: ['describe', 'it', 'suite', 'test'], package: 'node:test' },
                    ],
                },
            ],
        },
    },

    // Which folder may import which.
    ...importRules,

    // Configuration files.
    {
        files: ['*.js', 'config/**/*.js', 'config/**/*.cjs'],
        extends: [js.configs.recommended],
        languageOptions: { globals: globals.node },
    },
    { files: ['config/jest/*.cjs'], languageOptions: { globals: { ...globals.node, ...globals.jest } } },

    // Markup and styles of the components against SLDS 2.
    {
        files: ['force-app/**/*.{css,html}'],
        plugins: { '@salesforce-ux/slds': slds },
        extends: ['@salesforce-ux/slds/recommended'],
    },
    {
        files: ['force-app/**/*.css'],
        rules: {
            // It wants a hook for every number, also where none exists. What has to follow the theme is colour.
            '@salesforce-ux/slds/no-hardcoded-values-slds2': 'off',
            'no-restricted-syntax': [
                'error',
                {
                    selector: 'Declaration Hash, Declaration Function[name=/^(rgb|hsl)a?$/]',
                    message:
                        'A colour comes from a styling hook, var(--slds-g-color-…, #fallback), so that it follows the theme.',
                },
            ],
            '@salesforce-ux/slds/no-slds-class-overrides': 'error',
            '@salesforce-ux/slds/no-deprecated-classes-slds2': 'error',
            '@salesforce-ux/slds/no-unsupported-hooks-slds2': 'error',
            '@salesforce-ux/slds/no-slds-var-without-fallback': 'error',
            '@salesforce-ux/slds/no-slds-private-var': 'error',
        },
    },
    {
        files: ['force-app/**/*.html'],
        plugins: { project: { rules: { 'literal-text': literalText } } },
        rules: { 'project/literal-text': 'error' },
    },
);
