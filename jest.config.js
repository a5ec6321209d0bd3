import { createRequire } from 'node:module';

const { jestConfig } = createRequire(import.meta.url)('@salesforce/sfdx-lwc-jest/config');

/** Components and engines; scripts and browser tests run on Node's own test runner (see scripts/check). */
export default {
    ...jestConfig,
    testMatch: ['<rootDir>/force-app/**/__tests__/**/*.test.ts'],
    modulePathIgnorePatterns: ['<rootDir>/.local-org', '<rootDir>/.cache'],
    cacheDirectory: '<rootDir>/.cache/jest',
    collectCoverageFrom: ['force-app/main/default/lwc/**/*.ts', '!**/__tests__/**'],
    moduleNameMapper: {
        ...jestConfig.moduleNameMapper,
        // What sfdx-lwc-jest has no stub for, or one that is too weak.
        '^lightning/graphql$': '<rootDir>/config/jest/stubs/graphql.ts',
        '^lightning/modal$': '<rootDir>/config/jest/stubs/modal.ts',
        '^lightning/(modalHeader|modalBody|modalFooter)$': '<rootDir>/config/jest/stubs/$1/$1.ts',
        // import { mount, flush, clearDom } from 'test/dom';
        '^test/(.*)$': '<rootDir>/config/jest/$1.ts',
    },
    setupFilesAfterEnv: [
        ...(jestConfig.setupFilesAfterEnv ?? []),
        '<rootDir>/config/jest/setup.cjs',
        '<rootDir>/config/jest/labels.cjs',
    ],
};
