import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import type { MetadataProblem } from '../../files.ts';
import { projectFiles } from '../../project-files.ts';
import { readMetadata } from '../../read-metadata.ts';
import { FIELD_VARIANTS } from './field-variants.ts';
import type { Files } from './files.ts';
import { GOOD_PROJECT } from './good-project.ts';
import { OBJECT_VARIANTS } from './object-variants.ts';
import { PAGE_VARIANTS } from './page-variants.ts';
import { REPORT_VARIANTS } from './report-variants.ts';
import type { Variant } from './variants.ts';

const PROJECT_ROOT = resolve(import.meta.dirname, '..', '..', '..', '..', '..');

function problemsOf(files: Files): readonly MetadataProblem[] {
    const source = Object.entries(files).map(([path, content]) => ({ path, shown: path, content, firstLine: 1 }));
    return readMetadata(source, '67.0').problems;
}
const written = ({ file, line, message }: MetadataProblem): string => `${file}:${line ?? '-'}: ${message}`;

describe('checking metadata', () => {
    it('finds nothing wrong with a good project', () => {
        assert.deepEqual(problemsOf(GOOD_PROJECT).map(written), []);
    });

    it('finds nothing wrong with the project itself', () => {
        const { files, apiVersion } = projectFiles(PROJECT_ROOT);
        assert.deepEqual(readMetadata(files, apiVersion).problems.map(written), []);
    });
});

const VARIANTS: Readonly<Record<string, readonly Variant[]>> = {
    fields: FIELD_VARIANTS,
    'objects and what belongs to them': OBJECT_VARIANTS,
    'pages, navigation and permission sets': PAGE_VARIANTS,
    'reports and dashboards': REPORT_VARIANTS,
};

for (const [group, variants] of Object.entries(VARIANTS)) {
    describe(`checking ${group}: refuses`, () => {
        for (const { name, files, expected } of variants) {
            it(name, () => {
                const problems = problemsOf(files);
                const found = problems.map(written).join('\n');
                assert.deepEqual(
                    problems.map(({ file, line }) => `${file}:${line ?? '-'}`),
                    expected.map(({ place }) => place),
                    found,
                );
                expected.forEach(({ words }, index) => assert.match(problems[index]?.message ?? '', words));
            });
        }
    });
}
