/** The sentences of the page for tools that write a run's reason: the English labels of the project. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { PhraseKey, Phrases } from 'c/playbookEngine';
import { PROJECT_ROOT } from './project-metadata.ts';

const LABEL_FILE = 'force-app/main/default/labels/CustomLabels.labels-meta.xml';

const NAMES: Readonly<Record<PhraseKey, string>> = {
    usageFell: 'Playbook_Reason_Usage_Fell',
    usageRose: 'Playbook_Reason_Usage_Rose',
    healthIs: 'Playbook_Reason_Health',
    healthAt: 'Playbook_Reason_Health_At',
    npsIs: 'Playbook_Reason_NPS',
    npsAt: 'Playbook_Reason_NPS_At',
    renewalAhead: 'Playbook_Reason_Renewal_Ahead',
    renewalToday: 'Playbook_Reason_Renewal_Today',
    renewalPast: 'Playbook_Reason_Renewal_Past',
    championLeft: 'Playbook_Reason_Champion_Left',
    competitorNamed: 'Playbook_Reason_Competitor',
    noticeGiven: 'Playbook_Reason_Notice',
    surveyAnswered: 'Playbook_Reason_Survey',
    reviewHeld: 'Playbook_Reason_Review',
    fieldIs: 'Playbook_Reason_Field',
    fieldEquals: 'Playbook_Reason_Field_Equals',
    fieldIsNot: 'Playbook_Reason_Field_Not',
    dateAhead: 'Playbook_Reason_Date_Ahead',
    dateToday: 'Playbook_Reason_Date_Today',
    datePast: 'Playbook_Reason_Date_Past',
    blank: 'Playbook_Reason_Blank',
};

const labelFile = z.object({
    CustomLabels: z.object({ labels: z.array(z.object({ fullName: z.string(), value: z.string() })) }),
});

/** Throws when a label is missing. */
export async function readPhrases(projectRoot: string = PROJECT_ROOT): Promise<Phrases> {
    const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'labels' });
    const file: unknown = parser.parse(await readFile(join(projectRoot, LABEL_FILE), 'utf8'));
    const labels = new Map(
        labelFile.parse(file).CustomLabels.labels.map(({ fullName, value }) => [fullName, value] as const),
    );
    const phrase = (key: PhraseKey): string => {
        const text = labels.get(NAMES[key]);
        if (text === undefined) {
            throw new Error(`${LABEL_FILE} has no label ${NAMES[key]}.`);
        }
        return text;
    };
    const keys = Object.keys(NAMES) as PhraseKey[];
    return Object.fromEntries(keys.map((key) => [key, phrase(key)])) as Record<PhraseKey, string>;
}
