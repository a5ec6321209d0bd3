/** The shipped playbooks as the engine takes them, without an org. */
import type { PlaybookVersion } from 'c/playbookEngine';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../lib/project-metadata.ts';
import { engineStep } from './checks.ts';
import type { PlaybookContent } from './format.ts';
import { findPlaybookFiles, readPlaybookFile } from './source.ts';
import { PlaybookProblems } from './import.ts';

const CATEGORIES = ['Risk', 'Renewal', 'Stakeholders', 'Onboarding', 'Growth'] as const;

/** Ids are the keys. */
export function engineVersion(content: PlaybookContent): PlaybookVersion {
    return {
        id: `${content.key}-${content.version}`,
        playbookId: content.key,
        playbookKey: content.key,
        playbookName: content.name,
        category: CATEGORIES.find((name) => name === content.category) ?? null,
        status: 'Published',
        number: content.version,
        successWhen: content.success_when ?? null,
        lostWhen: content.lost_when ?? null,
        steps: content.steps.map(engineStep),
    };
}

/** Throws PlaybookProblems when one of the files cannot be used. */
export async function projectVersions(projectRoot: string = PROJECT_ROOT): Promise<PlaybookVersion[]> {
    const versions: PlaybookVersion[] = [];
    for (const file of await findPlaybookFiles([join(projectRoot, 'data/playbooks')])) {
        const { problems, source } = await readPlaybookFile(file);
        if (source === null) {
            throw new PlaybookProblems(problems);
        }
        versions.push(engineVersion(source.content));
    }
    return versions;
}
