/**
 * Which folder may import which: container → data service → records → engine → formula; container → presenters; tools → engine, formula.
 * Nothing imports the local org but what measures or drives it.
 */
const lwc = 'force-app/main/default/lwc';
const tests = ['**/__tests__/**', '**/*.test.ts'];

/** `{ regex, message, allowTypeImports? }` each; a later block of a file replaces an earlier one, so every block lists all. */
const restrict = (files, patterns, ignores = []) => ({
    files,
    ignores: [...tests, ...ignores],
    rules: {
        'no-restricted-imports': 'off',
        '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
    },
});

const outsideTheBundle = {
    regex: '^\\.\\./',
    message: 'A bundle imports other bundles as c/name: the platform knows no paths between them.',
};
const dataModules = {
    regex: '^lightning/(graphql|uiGraphQLApi|uiRecordApi|uiObjectInfoApi|uiRelatedListApi|uiListsApi)$',
    message:
        'Only c/playbookData, c/playbookPastData, c/playbookBookData, c/playbookSweepData and c/playbookCoachingData read and write records; ask them.',
};
const dataService = {
    regex: '^c/playbook(Past|Book|Sweep|Coaching)?Data$',
    allowTypeImports: true,
    message:
        'A presenter gets its data through properties and says what was done through events; only containers load.',
};
const localOrg = {
    regex: '(^|/)local-org(/|$)',
    message: 'Nothing of the product knows the local org: use the public API of the org that --org names.',
};

/** The engines get today, the user and the holidays as arguments. */
const noClock = {
    files: [`${lwc}/formula/**/*.ts`, `${lwc}/playbookEngine/**/*.ts`],
    ignores: tests,
    rules: {
        'no-restricted-syntax': [
            'error',
            { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is an argument.' },
            {
                selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
                message: 'The clock is an argument.',
            },
            { selector: 'ImportExpression', message: 'Engines import nothing at run time.' },
        ],
        'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'fetch', 'localStorage', 'console'],
    },
};

export const importRules = [
    // Components: presenters first, then those that may do more.
    restrict([`${lwc}/**/*.ts`], [outsideTheBundle, dataModules, dataService]),
    restrict(
        ['playbookPanel', 'playbookWorklist', 'playbookSweep', 'playbookCoaching'].map(
            (container) => `${lwc}/${container}/**/*.ts`,
        ),
        [outsideTheBundle, dataModules],
    ),
    restrict(
        ['playbookData', 'playbookPastData', 'playbookBookData', 'playbookSweepData', 'playbookCoachingData'].map(
            (service) => `${lwc}/${service}/**/*.ts`,
        ),
        [
            outsideTheBundle,
            {
                regex: '^c/(?!(formula|playbookEngine|playbookRecords)$)',
                message: 'The data service knows the engine and the records, and no component.',
            },
        ],
    ),
    restrict(
        [`${lwc}/playbookRecords/**/*.ts`],
        [
            outsideTheBundle,
            { ...dataModules, allowTypeImports: true },
            {
                regex: '^c/(?!(formula|playbookEngine)$)',
                message: 'c/playbookRecords translates between records and the engine; it knows no component.',
            },
        ],
    ),
    restrict(
        [`${lwc}/formula/**/*.ts`],
        [{ regex: '^(?!\\./)', message: 'c/formula is pure and stands alone: it imports nothing outside itself.' }],
    ),
    restrict(
        [`${lwc}/playbookEngine/**/*.ts`],
        [
            {
                regex: '^(?!\\./|c/formula$)',
                message: 'c/playbookEngine is pure: it imports c/formula and nothing else.',
            },
        ],
    ),
    noClock,

    // Tools.
    restrict(['scripts/**/*.ts'], [localOrg], ['scripts/local-org/**', 'scripts/bench/**', 'scripts/contract/**']),
    restrict(
        ['scripts/local-org/**/*.ts'],
        [
            {
                regex: '^c/(?!formula$)|force-app/|^(\\.\\./)+(bench|contract|formula|playbooks|sample|sweep|usage)/',
                message: 'The local org holds no rule of the product: of its code it uses c/formula alone.',
            },
        ],
        // It loads the sample through the public API, as anyone else would.
        ['scripts/local-org/start.ts', 'scripts/local-org/sample.ts'],
    ),
];
