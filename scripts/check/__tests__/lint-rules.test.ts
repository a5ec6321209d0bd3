import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const cwd = fileURLToPath(new URL('../../..', import.meta.url));
const LWC = 'force-app/main/default/lwc';
const LAYERS = ['@typescript-eslint/no-restricted-imports', 'no-restricted-syntax', 'no-restricted-globals'];

/** Lints text as if it stood at `path`, by the project's own configuration without what needs types. */
async function messages(path: string, text: string, rules: readonly string[]): Promise<string[]> {
    const eslint = new ESLint({
        cwd,
        ruleFilter: ({ ruleId }) => rules.includes(ruleId),
        overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parserOptions: { project: false } } }],
    });
    const results = await eslint.lintText(text, { filePath: path });
    return results.flatMap((result) => result.messages.map(({ message }) => message));
}

const forbidden: readonly (readonly [string, string])[] = [
    [`${LWC}/formula/lexer.ts`, "import { x } from 'c/playbookEngine';"],
    [`${LWC}/formula/lexer.ts`, "import { LightningElement } from 'lwc';"],
    [`${LWC}/formula/lexer.ts`, "import { x } from '../playbookEngine/types';"],
    [`${LWC}/formula/lexer.ts`, 'export const today = new Date();'],
    [`${LWC}/playbookEngine/rules.ts`, "import label from '@salesforce/label/c.X';"],
    [`${LWC}/playbookEngine/rules.ts`, "import { getRecord } from 'lightning/uiRecordApi';"],
    [`${LWC}/playbookEngine/rules.ts`, "import { x } from 'c/playbookData';"],
    [`${LWC}/playbookEngine/rules.ts`, 'export const now = Date.now();'],
    [`${LWC}/playbookEngine/rules.ts`, 'export const zone = window.name;'],
    [`${LWC}/playbookPanel/playbookPanel.ts`, "import { graphql } from 'lightning/graphql';"],
    [`${LWC}/playbookStep/playbookStep.ts`, "import { updateRecord } from 'lightning/uiRecordApi';"],
    [`${LWC}/playbookStep/playbookStep.ts`, "import { load } from 'c/playbookData';"],
    [`${LWC}/playbookData/playbookData.ts`, "import Panel from 'c/playbookPanel';"],
    ['scripts/usage/cli.ts', "import { start } from '../local-org/server.ts';"],
    ['scripts/local-org/store/save.ts', "import { x } from 'c/playbookEngine';"],
    ['scripts/local-org/store/save.ts', "import { x } from '../../playbooks/import.ts';"],
];
for (const [path, text] of forbidden) {
    test(`${path} may not say ${text}`, async () => {
        assert.equal((await messages(path, text, LAYERS)).length, 1);
    });
}

const allowed: readonly (readonly [string, string])[] = [
    [`${LWC}/formula/lexer.ts`, "import { x } from './tokens';"],
    [`${LWC}/formula/lexer.ts`, 'export const day = (text: string) => new Date(text);'],
    [`${LWC}/playbookEngine/rules.ts`, "import { checkFormula } from 'c/formula';"],
    [`${LWC}/playbookPanel/playbookPanel.ts`, "import { load } from 'c/playbookData';"],
    [`${LWC}/playbookStep/playbookStep.ts`, "import type { AccountData } from 'c/playbookData';"],
    [`${LWC}/playbookStep/playbookStep.ts`, "import { ShowToastEvent } from 'lightning/platformShowToastEvent';"],
    [`${LWC}/playbookData/playbookData.ts`, "import { graphql } from 'lightning/graphql';"],
    ['scripts/bench/panel.ts', "import { createLocalOrg } from '../local-org/server.ts';"],
    ['scripts/local-org/sample.ts', "import { importPlaybooks } from '../playbooks/import.ts';"],
    ['scripts/local-org/store/save.ts', "import { compileFormula } from 'c/formula';"],
];
for (const [path, text] of allowed) {
    test(`${path} may say ${text}`, async () => {
        assert.deepEqual(await messages(path, text, LAYERS), []);
    });
}

const template = (inside: string) =>
    messages(`${LWC}/playbookStep/playbookStep.html`, `<template>${inside}</template>`, ['project/literal-text']);

test('English in a template is found, in text and in attributes that are read or spoken', async () => {
    assert.equal((await template('<p>Mark as done</p>')).length, 1);
    assert.equal((await template('<lightning-button label="Skip"></lightning-button>')).length, 1);
    assert.equal(
        (await template('<lightning-input message-when-value-missing="Fill it"></lightning-input>')).length,
        1,
    );
    assert.equal((await template('<p>{count} of {total}</p>')).length, 1);
});

test('expressions, numbers, punctuation and technical attributes are no English', async () => {
    const fine =
        '<p class="quiet" title={hint}>{count}/{total} · 100 %</p><lightning-icon icon-name="utility:check"></lightning-icon>';
    assert.deepEqual(await template(fine), []);
});
