import PlaybookCoachingData, { type CoachingData, type CoachingScope, type Failure } from '../playbookCoachingData';
import { flush, listen, mount } from 'test/dom';
import {
    MAYA,
    ME,
    answeredGroup,
    askedCoaching,
    comment,
    failCoaching,
    forgetCoachingOrg,
    giveAllOf,
    giveCommentRight,
    giveCsms,
    giveMore,
    giveOverview,
    refreshOverview,
    save,
    savedGroup,
    skipped,
    textOf,
} from 'test/coachingOrg';
import { ERROR_IN_QUERY, acceptMutation, loseMutation, mutations, refuseMutation } from 'test/org';
import { NOW, setting } from 'test/platformAnswers';

type DataElement = HTMLElement &
    Pick<PlaybookCoachingData, 'scope' | 'refresh' | 'more' | 'comment' | 'edit' | 'remove'>;

/** Each test has its own, so that none finds what another has read. */
let days = 0;
const scope = (values: Partial<CoachingScope> = {}): CoachingScope => ({
    days,
    csmId: null,
    playbookId: null,
    ...values,
});

async function start(values: Partial<CoachingScope> = {}): Promise<{
    element: DataElement;
    loaded: CoachingData[];
    failed: Failure[];
    last: () => CoachingData;
}> {
    const element = await mount<{ scope?: CoachingScope }>('c-playbook-coaching-data', PlaybookCoachingData);
    const loaded = listen<CoachingData>(element, 'loaded');
    const failed = listen<Failure>(element, 'failed');
    element.scope = scope(values);
    await flush();
    const last = (): CoachingData => {
        const data = loaded.at(-1);
        if (!data) throw new Error('Nothing was loaded.');
        return data;
    };
    return { element: element as DataElement, loaded, failed, last };
}

beforeEach(() => {
    days += 1;
    jest.useFakeTimers({ now: new Date(NOW), doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
});
afterEach(() => {
    jest.useRealTimers();
    forgetCoachingOrg();
});

describe('c-playbook-coaching-data: reading', () => {
    it('tells saves, skipped steps and what they come to, as plain values', async () => {
        const { last } = await start();
        await giveAllOf({
            saves: [save({}, { Run_CSM__r: { IsActive: { value: false } } })],
            savedGroups: [savedGroup('Provisional', 2, 300), savedGroup('Lost since', 1)],
            answered: [answeredGroup('Call', 'Other', 2, true), answeredGroup('Call', null, 5)],
            skipped: [skipped('a0C-1', { Note__c: 'No name' }, { comments: [comment()] })],
        });
        expect(last()).toMatchObject({
            hidesIndividuals: false,
            smallCount: 10,
            canComment: true,
            csms: [
                { id: MAYA, name: 'Maya Lindqvist', isActive: true },
                { name: 'Tom Okafor', isActive: false },
            ],
            playbooks: [{ name: 'At-Risk Account' }],
            saves: [{ accountName: 'Nordlicht Logistik', arrSaved: 120_000, kept: 'Provisional', csmLeft: true }],
            saveGroups: [
                { kept: 'Provisional', count: 2, arrSaved: 300 },
                { kept: 'Lost since', count: 1, arrSaved: null },
            ],
            answered: [
                { step: 'Call', isRequired: true, skipReason: 'Other', count: 2 },
                { step: 'Call', isRequired: false, skipReason: null, count: 5 },
            ],
            skipped: [
                {
                    id: 'a0C-1',
                    step: 'Speak with the sponsor',
                    note: 'No name',
                    csm: 'Maya Lindqvist',
                    playbook: 'At-Risk Account',
                    outcome: null,
                    comments: [{ id: 'a0K-1', byName: 'Lena Fischer' }],
                },
            ],
            hasMoreSkipped: false,
        });
    });

    it('asks only for what the scope lets through, from the beginning of a day', async () => {
        const { element } = await start();
        expect(textOf('overview')).not.toContain('$csmId');
        expect(askedCoaching('overview')?.['variables']).toEqual({
            since: new Date(Date.parse('2026-11-21T00:00:00.000Z') - days * 86_400_000).toISOString(),
            lately: '2025-11-21T00:00:00.000Z',
        });
        element.scope = scope({ csmId: MAYA, playbookId: 'a0P1' });
        await flush();
        expect(textOf('overview')).toContain('{ Playbook_Run__r: { Run_CSM__c: { eq: $csmId } } }');
        expect(askedCoaching('overview')?.['variables']).toMatchObject({ csmId: MAYA, playbookId: 'a0P1' });
    });

    it('knows a signal by its trigger, and says when playbook and trigger are gone', async () => {
        const { last } = await start();
        const none = { Run_Playbook__r: null };
        await giveOverview({
            skipped: [
                skipped('a0C-1', {}, { parts: none }),
                skipped('a0C-2', {}, { parts: none, run: { Trigger_Key__c: 'Gone' } }),
            ],
        });
        expect(last().skipped.map(({ playbook }) => playbook)).toEqual(['At Risk', null]);
    });

    it('does not ask for names where the org hides individuals, and tells none', async () => {
        const { last } = await start();
        await giveOverview({ settings: [setting({ Hide_Individuals__c: true, Small_Count__c: 5 })] });
        expect(askedCoaching('csms')).toBeUndefined();
        expect(last()).toMatchObject({
            hidesIndividuals: true,
            csms: [],
            skipped: [{ csm: null }],
            saves: [{ csm: null }],
        });
    });

    it('tells no CSM for a run without one, and no amount to whom it is not shown', async () => {
        const { last } = await start();
        const { ARR_Saved__c: _hidden, ...withoutAmount } = save({ CSM_Shown__c: 'Nobody' }, { Run_CSM__r: null });
        await giveOverview({ saves: [withoutAmount], savedGroups: [savedGroup('Provisional', 1)] });
        expect(last()).toMatchObject({ saves: [{ csm: null, arrSaved: null }], saveGroups: [{ arrSaved: null }] });
    });

    it('does not know whether comments may be written until the org has said so', async () => {
        const { last } = await start();
        await giveOverview();
        expect(last().canComment).toBeNull();
        await giveCommentRight(false);
        expect(last().canComment).toBe(false);
    });

    it('says why it could not be read, and asks again', async () => {
        const { element, failed, last } = await start();
        await failCoaching('overview', ERROR_IN_QUERY);
        expect(failed).toMatchObject([{ messages: ['Boom'] }]);
        const asked = askedCoaching('overview');
        await element.refresh();
        await flush();
        expect(askedCoaching('overview')).not.toBe(asked);
        await giveOverview();
        expect(last().saves).toHaveLength(1);
        refreshOverview.mockRejectedValueOnce(new TypeError('Failed to fetch'));
        await element.refresh();
        expect(failed.at(-1)).toMatchObject({ kind: 'offline' });
    });

    it('says that an org without settings is not set up', async () => {
        const { failed } = await start();
        await giveOverview({ settings: [] });
        expect(failed).toEqual([{ kind: 'no-configuration', messages: [] }]);
    });

    it('reads anew what the platform may give from memory', async () => {
        const { element } = await start();
        await giveOverview();
        element.scope = scope({ csmId: MAYA });
        await flush();
        await giveOverview();
        expect(refreshOverview).not.toHaveBeenCalled();
        element.scope = scope();
        await flush();
        await giveOverview();
        expect(refreshOverview).toHaveBeenCalledTimes(1);
    });
});

describe('c-playbook-coaching-data: further pages', () => {
    it('adds the next page, without what has moved to it', async () => {
        const { element, last } = await start();
        await giveOverview({ skipped: [skipped('a0C-1'), skipped('a0C-2')], next: 'cursor2' });
        expect(last().hasMoreSkipped).toBe(true);
        const more = element.more();
        await flush();
        expect(askedCoaching('more')?.['variables']).toMatchObject({ after: 'cursor2' });
        await giveMore([skipped('a0C-2'), skipped('a0C-3')]);
        expect(await more).toBeNull();
        expect(last().skipped.map(({ id }) => id)).toEqual(['a0C-1', 'a0C-2', 'a0C-3']);
        expect(last().hasMoreSkipped).toBe(false);
        expect(await element.more()).toBeNull();
    });

    it('says why it could not be read, and can be asked again', async () => {
        const { element, last } = await start();
        await giveOverview({ next: 'cursor2' });
        const more = element.more();
        await flush();
        await failCoaching('more', ERROR_IN_QUERY);
        expect(await more).toMatchObject({ messages: ['Boom'] });
        const again = element.more();
        await flush();
        await giveMore([skipped('a0C-9')]);
        expect(await again).toBeNull();
        expect(last().skipped.map(({ id }) => id)).toEqual(['a0C-1', 'a0C-9']);
    });

    it('is dropped when something else is asked for meanwhile', async () => {
        const { element, last } = await start();
        await giveOverview({ next: 'cursor2' });
        const more = element.more();
        await flush();
        element.scope = scope({ csmId: MAYA });
        expect(await more).toBeNull();
        await flush();
        await giveOverview({ skipped: [skipped('a0C-5')] });
        expect(last().skipped.map(({ id }) => id)).toEqual(['a0C-5']);
    });
});

describe('c-playbook-coaching-data: comments', () => {
    it('writes one and shows it at once, as the signed-in user’s', async () => {
        const { element, last } = await start();
        await giveAllOf();
        acceptMutation({ comment: 'a0K-9' });
        expect(await element.comment('a0C-1', 'Ask me')).toMatchObject({ ok: true });
        expect(mutations().at(-1)?.variables).toEqual({
            comment: { Coaching_Comment__c: { Commented_Step__c: 'a0C-1', Comment__c: 'Ask me' } },
        });
        expect(last().skipped[0]?.comments).toEqual([
            { id: 'a0K-9', text: 'Ask me', byId: ME, byName: '', writtenAt: NOW },
        ]);
    });

    it('changes and removes one, on a later page too', async () => {
        const { element, last } = await start();
        await giveOverview({ next: 'cursor2' });
        const more = element.more();
        await flush();
        await giveMore([skipped('a0C-2', {}, { comments: [comment()] })]);
        await more;
        acceptMutation({ comment: 'a0K-1' });
        await element.edit('a0K-1', 'Ask Tom');
        expect(last().skipped[1]?.comments).toMatchObject([{ text: 'Ask Tom' }]);
        acceptMutation();
        expect(await element.remove('a0K-1')).toMatchObject({ ok: true });
        expect(mutations().at(-1)?.variables).toEqual({ id: 'a0K-1' });
        expect(last().skipped[1]?.comments).toEqual([]);
    });

    it('tells why one was not written, and leaves everything as it was', async () => {
        const { element, loaded } = await start();
        await giveOverview();
        await giveCsms();
        const before = loaded.length;
        refuseMutation('Write the comment.', 'ValidationFailed');
        expect(await element.comment('a0C-1', 'x')).toMatchObject({
            ok: false,
            failure: { messages: ['Write the comment.'] },
        });
        loseMutation();
        expect(await element.remove('a0K-1')).toMatchObject({ ok: false, failure: { kind: 'offline' } });
        expect(loaded).toHaveLength(before);
    });
});
