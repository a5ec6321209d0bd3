/** Books for tests, as c-playbook-book-data hands them over. */
import type { BookData } from 'c/playbookBookData';
import type { BookAccount } from 'c/playbookEngine';
import { nodesOf, readSettings, readTrigger, readVersion, fieldTypesOf, type GraphNode } from 'c/playbookRecords';
import { BOOK_ACCOUNT_INFO } from 'test/bookOrg';
import { connection, setting, step, trigger, version } from 'test/platformAnswers';
import { MAYA } from './org';

const only = (node: GraphNode): readonly GraphNode[] => nodesOf(connection([node]));

/** Accounts at risk, all of one CSM unless `csmOf` says otherwise. */
export function bookOf(
    count: number,
    { csmId = MAYA, triggers = [trigger()] }: { csmId?: string; triggers?: readonly GraphNode[] } = {},
): BookData {
    const book = Array.from({ length: count }, (_, index): BookAccount => {
        const id = `001${String(index).padStart(12, '0')}AAA`;
        return {
            account: {
                id,
                values: {
                    Name: `Account ${index}`,
                    Health_Score__c: 50,
                    Health_Score_On__c: '2026-11-20',
                    Usage_Change__c: null,
                    Renewal_Date__c: null,
                    ARR__c: 1000 * (index + 1),
                    OwnerId: csmId,
                },
            },
            name: `Account ${index}`,
            csmName: null,
            runs: [],
        };
    });
    return {
        csmId: null,
        book,
        fieldTypes: fieldTypesOf([BOOK_ACCOUNT_INFO]),
        triggers: triggers.map(readTrigger),
        settings: readSettings(setting({ Capacity__c: 3 }), []),
        versions: only(version()).map((node) => readVersion(node, [step('check'), step('call', { Position__c: 2 })])),
        user: { id: 'sam', name: 'Sam', firstName: 'Sam', email: 's@example.com', timeZone: 'Europe/Berlin' },
        lastSweep: null,
        seesSweeps: true,
        canWrite: true,
        canSweep: true,
        truncated: false,
    };
}
