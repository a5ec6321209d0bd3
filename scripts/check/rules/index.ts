/** The project's own rules: what no ready tool knows. Each one takes the project and returns what it found. */
import { readProject } from '../project.ts';
import type { Finding, Project } from '../project.ts';
import type { StageResult } from '../stages.ts';
import { bundles } from './bundles.ts';
import { customMetadata } from './custom-metadata.ts';
import { descriptions } from './descriptions.ts';
import { fileLengths, readme } from './files.ts';
import { labels } from './labels.ts';
import { permissions } from './permissions.ts';
import { references } from './references.ts';
import { reportNames } from './report-names.ts';
import { reports } from './reports.ts';
import { translations } from './translations.ts';
import { triggerFormulas } from './trigger-formulas.ts';

type Rule = (project: Project) => readonly Finding[];

export const RULES: Readonly<Record<string, Rule>> = {
    'well-formed metadata': (project) => project.malformed,
    'fields are described': descriptions,
    'permission sets fit their personas': permissions,
    'labels are described, used and there': labels,
    'translations are whole': translations,
    'metadata names what is there': references,
    'custom metadata records are complete': customMetadata,
    'shipped triggers work on shipped fields': triggerFormulas,
    'field names are unique in reports': reportNames,
    'reports can be trusted': reports,
    'component bundles are whole': bundles,
    'files are short': fileLengths,
    'the README names every permission set': readme,
};

/** Runs every rule over the project under `root`; a rule counts as one test. */
export function checkProject(root: string): StageResult {
    const project = readProject(root);
    const reports = Object.entries(RULES).flatMap(([name, rule]) => {
        const findings = rule(project);
        return findings.length > 0 ? [describe(name, findings)] : [];
    });
    return {
        passed: Object.keys(RULES).length - reports.length,
        failed: reports.length,
        skipped: 0,
        report: reports.join('\n\n'),
    };
}

/** The rule's name, then a line for each finding: `file: what; what to do`. */
export function describe(name: string, findings: readonly Finding[]): string {
    return [`Rule: ${name}`, ...findings.map(({ file, what, todo }) => `  ${file}: ${what}; ${todo}`)].join('\n');
}
