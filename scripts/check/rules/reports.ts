import type { Finding, MetadataFile, Project } from '../project.ts';
import { descendantsOf, valueOf } from '../xml.ts';

const LONGEST_NAME = 40;
const LONGEST_DESCRIPTION = 255;

/** What makes a shipped report one that can be trusted: it says what it counts, leaves practice out, guards its rates, and shows nobody who may be hidden. */
export function reports(project: Project): Finding[] {
    return [
        ...project.metadata('report').flatMap((report) => [...texts(report), ...rates(report)]),
        ...project.metadata('report').flatMap((report) => practice(report, project)),
        ...project.metadata('reportType').flatMap((type) => people(type, project)),
    ];
}

function texts({ path, root }: MetadataFile): Finding[] {
    const name = valueOf(root, 'name') ?? '';
    const description = valueOf(root, 'description') ?? '';
    const findings: Finding[] = [];
    if (name.length > LONGEST_NAME) {
        const what = `its name has ${name.length} characters, the platform takes ${LONGEST_NAME}`;
        findings.push({ file: path, what, todo: 'shorten it' });
    }
    if (description === '') {
        const todo = 'write the question that it answers, what a rate is a share of, and what its rows are';
        findings.push({ file: path, what: 'has no description', todo });
    } else if (description.length > LONGEST_DESCRIPTION) {
        const what = `its description has ${description.length} characters, the platform takes ${LONGEST_DESCRIPTION}`;
        findings.push({ file: path, what, todo: 'shorten it' });
    }
    return findings;
}

/** A division by nothing would show as an error in every group without a count. */
function rates({ path, root }: MetadataFile): Finding[] {
    return descendantsOf(root, 'aggregates').flatMap((formula) => {
        const text = valueOf(formula, 'calculatedFormula') ?? '';
        const isGuarded = !text.includes('/') || /^IF\(.+ = 0, 0, /s.test(text);
        const what = `${valueOf(formula, 'masterLabel') ?? 'a formula'} divides without asking for zero`;
        return isGuarded ? [] : [{ file: path, what, todo: 'write IF(denominator = 0, 0, …)' }];
    });
}

/** Runs are counted without practice. Over an outer join the filter would drop parents without runs: there only the fields that leave it out count. */
function practice({ path, root }: MetadataFile, project: Project): Finding[] {
    const name = (valueOf(root, 'reportType') ?? '').replace(/__c$/, '');
    const type = project.metadata('reportType').find((one) => one.name === name);
    const isOuter = type && descendantsOf(type.root, 'outerJoin').some(({ text }) => text.trim() === 'true');
    const hasRuns = type && descendantsOf(type.root, 'columns').some((one) => valueOf(one, 'field') === 'Practice__c');
    const isFiltered = descendantsOf(root, 'criteriaItems').some(
        (one) => valueOf(one, 'column')?.endsWith('$Practice__c') === true && valueOf(one, 'value') === '0',
    );
    return hasRuns === true && isOuter !== true && !isFiltered
        ? [{ file: path, what: 'counts practice runs', todo: 'filter Practice__c equals 0' }]
        : [];
}

/** Reports name a CSM by a field that the setting for hiding individuals governs; a lookup to users would go round it. */
function people(type: MetadataFile, project: Project): Finding[] {
    const toUsers = new Set(
        [...project.fields.values()].flatMap((fields) =>
            [...fields.values()]
                .filter((field) => valueOf(field.root, 'referenceTo') === 'User')
                .map((field) => field.name),
        ),
    );
    return descendantsOf(type.root, 'columns').flatMap((column) => {
        const [first = ''] = (valueOf(column, 'field') ?? '').split('.');
        return toUsers.has(first) || /^(Owner|CreatedBy|LastModifiedBy)$/.test(first)
            ? [{ file: type.path, what: `the column ${first} names people`, todo: 'take CSM_Shown__c in its place' }]
            : [];
    });
}
