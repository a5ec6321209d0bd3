/**
 * Two versions of At Risk for the history: the second is the shipped playbook, the first the same without what makes it work when nobody
 * answers and when nothing moves. The first is generated, and labelled so in its change note.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlaybookVersion } from 'c/playbookEngine';
import { parseDocument, stringify } from 'yaml';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
import { PlaybookProblems } from '../playbooks/import.ts';
import { readPlaybook } from '../playbooks/source.ts';
import type { PlaybookContent } from '../playbooks/format.ts';
import { engineVersion } from '../playbooks/versions.ts';

/** Steps of the second version that the first one lacks. */
export const ADDED_STEPS: ReadonlySet<string> = new Set([
    'escalate_critical',
    'second_contact',
    'sponsor_outreach',
    'map_champion',
    'tell_customer_plan_failed',
    'weekly_review',
    'escalate_flat',
]);
/** Conditions of the first version that would name a step it lacks. */
const EARLIER_CONDITIONS: Readonly<Record<string, string>> = {
    hold_call:
        'OR(ISBLANK($Decision.book_call), $Decision.book_call = "Call booked", $Decision.book_call = "Contact left or changed role")',
};
const NOTE =
    'Generated for the sample history: the first version, without the steps for silence and the weekly review.';

export interface HistoryPlaybooks {
    /** At Risk: the version that is retired during the history, then the one that follows. */
    readonly atRisk: readonly [PlaybookVersion, PlaybookVersion];
    readonly others: readonly PlaybookVersion[];
    /** The first version of At Risk as a playbook file. */
    readonly firstFile: string;
}

/** Reads the shipped playbooks. Throws PlaybookProblems when one of the files cannot be used. */
export async function historyPlaybooks(directory = join(PROJECT_ROOT, 'data/playbooks')): Promise<HistoryPlaybooks> {
    const shipped = await readFile(join(directory, 'at-risk.yaml'), 'utf8');
    const first = firstVersion(shipped);
    const others = await Promise.all(
        ['renewal', 'champion-change'].map(async (key) =>
            historyVersion(contentOf(key, await readFile(join(directory, `${key}.yaml`), 'utf8'))),
        ),
    );
    return {
        atRisk: [
            historyVersion(contentOf('at-risk, generated version 1', first)),
            historyVersion(contentOf('at-risk', shipped)),
        ],
        others,
        firstFile: first,
    };
}

/** Ids are the keys by which an org finds the same records: Version_Key__c, Key__c and Step_Record_Key__c. */
function historyVersion(content: PlaybookContent): PlaybookVersion {
    const version = engineVersion(content);
    const id = `${content.key}:${content.version}`;
    return { ...version, id, steps: version.steps.map((step) => ({ ...step, id: `${id}:${step.key}` })) };
}

function contentOf(name: string, text: string): PlaybookContent {
    const { problems, source } = readPlaybook(name, text);
    if (source === null) {
        throw new PlaybookProblems(problems);
    }
    return source.content;
}

interface PlaybookFile {
    version: number;
    change_note: string;
    steps: { key: string; show_when?: string }[];
}

function firstVersion(shipped: string): string {
    const file = parseDocument(shipped).toJS() as PlaybookFile;
    file.version = 1;
    file.change_note = NOTE;
    file.steps = file.steps
        .filter(({ key }) => !ADDED_STEPS.has(key))
        .map((step) => {
            const condition = EARLIER_CONDITIONS[step.key];
            return condition === undefined ? step : { ...step, show_when: condition };
        });
    return stringify(file);
}
