import PlaybookCoaching from '../playbookCoaching';
import { flush, mount, visibleText } from 'test/dom';
import { all, field, fill, fillable, press, pressable, said } from 'test/person';
import {
    MAYA,
    ME,
    TOM,
    answeredGroup,
    askedCoaching,
    comment,
    failCoaching,
    forgetCoachingOrg,
    giveAllOf,
    giveCommentRight,
    giveMore,
    giveOverview,
    refreshOverview,
    save,
    savedGroup,
    skipped,
    type OverviewAnswer,
} from 'test/coachingOrg';
import { ERROR_IN_QUERY, acceptMutation, holdMutation, loseMutation, mutations } from 'test/org';
import { NOW, setting } from 'test/platformAnswers';

/** Mixing in navigation hides from TypeScript that this is a component. */
const COACHING = PlaybookCoaching as Parameters<typeof mount>[1];
const FIELD = 'Your comment, which the CSM reads beside the step';
const OPEN = 'Comment on Speak with the sponsor – Nordlicht Logistik';

const show = (): Promise<HTMLElement> => mount('c-playbook-coaching', COACHING);
async function showAll(answer: OverviewAnswer = {}): Promise<HTMLElement> {
    const element = await show();
    await giveAllOf(answer);
    return element;
}
const rows = (element: Element): string[] => all(element, 'c-playbook-skipped-step').map(visibleText);

beforeEach(() => {
    jest.useFakeTimers({ now: new Date(NOW), doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
});
afterEach(() => {
    jest.useRealTimers();
    forgetCoachingOrg();
});

describe('c-playbook-coaching', () => {
    it('puts praise first: what was saved, by whom, and whether it has lasted', async () => {
        const element = await showAll({
            saves: [save(), save({ Id: 'a0R-2', ARR_Saved__c: 0, Kept__c: 'Kept at renewal' })],
            savedGroups: [savedGroup('Kept at renewal', 3, 80_000), savedGroup('Provisional', 9, 1_120_000)],
        });
        const text = visibleText(element);
        expect(text).toMatch(/12 saves · .*1\.2M ARR saved Provisional: 9 Kept at renewal: 3 The latest 2:/);
        expect(text).toMatch(/Nordlicht Logistik .*120,000.* Maya Lindqvist · 2 days ago · At-Risk Account/);
        expect(text.match(/120,000/g)).toHaveLength(1);
        expect(text.indexOf('Saves')).toBeLessThan(text.indexOf('Skipped steps'));
        await expect(element).toBeAccessible();
    });

    it('leaves out amounts that the user may not see', async () => {
        const element = await showAll({
            saves: [save({ ARR_Saved__c: null })],
            savedGroups: [savedGroup('Provisional', 1)],
        });
        expect(visibleText(element)).toContain('1 save Provisional: 1');
        expect(visibleText(element)).not.toContain('ARR');
    });

    it('counts skipped steps by step and reason, with the count behind every rate', async () => {
        const element = await showAll({
            answered: [
                answeredGroup('Call', 'Other', 2),
                answeredGroup('Call', 'Already covered', 6, true),
                answeredGroup('Call', null, 32),
                answeredGroup('Visit', 'A new reason', 3),
                answeredGroup('Never skipped', null, 50),
            ],
        });
        const counted = visibleText(all(element, 'c-playbook-skips')[0]!);
        expect(counted).toMatch(/Call Required 8 of 40 \(20\s?%\) Already covered: 6 Other: 2/);
        expect(counted).toMatch(/Visit 3 of 3 \(100\s?%\) fewer than 10 A new reason: 3/);
        expect(counted).not.toContain('Never skipped');
    });

    it('tells the latest skipped steps with reason, note and what became of the run', async () => {
        const element = await showAll({
            skipped: [
                skipped('a0C-1', { Note__c: 'She left' }, { run: { Outcome__c: 'Lost' } }),
                skipped('a0C-2', {}, { parts: { Run_Playbook__r: null, Run_CSM__r: { IsActive: { value: false } } } }),
            ],
        });
        expect(rows(element)[0]).toContain('Maya Lindqvist · 24 hours ago · At-Risk Account · Lost');
        expect(rows(element)[0]).toContain('No contact available She left');
        expect(rows(element)[1]).toContain('Maya Lindqvist (left) · 24 hours ago · At Risk · still open');
    });

    it('is narrowed to a CSM, a playbook and a period, and remembers it', async () => {
        const element = await showAll();
        expect(field(element, 'CSM').options?.map(({ label }) => label)).toEqual([
            'All CSMs',
            'Maya Lindqvist',
            'Tom Okafor (left)',
        ]);
        await fill(element, 'CSM', TOM);
        await fill(element, 'Playbook', 'a0P000000000001AAA');
        await press(element, '30 days');
        expect(askedCoaching('overview')?.['variables']).toMatchObject({
            csmId: TOM,
            playbookId: 'a0P000000000001AAA',
            since: '2026-10-22T00:00:00.000Z',
        });
        expect(rows(element)).toEqual([]);
        expect(fillable(element)).toEqual(['CSM', 'Playbook']);
        await giveOverview({ saves: [], skipped: [], answered: [], savedGroups: [] });
        expect(visibleText(element)).toContain('Choose a longer period, or all CSMs and playbooks.');
        document.body.replaceChildren();
        await show();
        expect(askedCoaching('overview')?.['variables']).toMatchObject({ csmId: TOM });
    });

    it('begins anew when what was remembered makes no sense, or the org hides individuals since', async () => {
        window.sessionStorage.setItem(`playbookCoaching:${ME}`, '{"days":7,"csmId":1}');
        const element = await show();
        expect(askedCoaching('overview')?.['variables']).not.toHaveProperty('csmId');
        await giveAllOf();
        await fill(element, 'CSM', MAYA);
        await giveOverview({ settings: [setting({ Hide_Individuals__c: true, Small_Count__c: 10 })] });
        await flush();
        expect(askedCoaching('overview')?.['variables']).not.toHaveProperty('csmId');
        await giveOverview({ settings: [setting({ Hide_Individuals__c: true, Small_Count__c: 10 })] });
        expect(fillable(element)).not.toContain('CSM');
        expect(visibleText(element)).not.toContain('Maya');
    });

    it('says what will appear where there is nothing, in all and in part', async () => {
        const element = await showAll({ saves: [], skipped: [], answered: [], savedGroups: [] });
        expect(visibleText(element)).toContain('Saves appear here once a risk that was worked is closed as Saved');
        await expect(element).toBeAccessible();
        document.body.replaceChildren();
        const other = await showAll({ skipped: [], answered: [] });
        expect(visibleText(other)).toContain('No step was skipped.');
    });

    it('reads again when the page gets the focus back', async () => {
        await showAll();
        refreshOverview.mockClear();
        window.dispatchEvent(new CustomEvent('focus'));
        await flush();
        expect(refreshOverview).toHaveBeenCalledTimes(1);
    });

    it('says that it is loading, why it failed, and tries again', async () => {
        const element = await show();
        expect(all(element, 'lightning-spinner')).toHaveLength(1);
        await failCoaching('overview', ERROR_IN_QUERY);
        expect(said(element, 'alert')[0]).toContain('Boom');
        await press(element, 'Try again');
        await giveAllOf();
        expect(said(element, 'alert')).toEqual([]);
        expect(rows(element)).toHaveLength(1);
        await failCoaching('overview', ERROR_IN_QUERY);
        expect(rows(element)).toHaveLength(1);
        await failCoaching('overview', { message: 'Cannot query field "Playbook_Run__c"' });
        expect(said(element, 'alert')[0]).toContain('no access');
        expect(rows(element)).toEqual([]);
    });

    it('brings more when asked, and says when that failed', async () => {
        const element = await showAll({ next: 'cursor2' });
        await press(element, 'Show more');
        await failCoaching('more', ERROR_IN_QUERY);
        expect(said(element, 'alert')).toEqual(['These could not be read. Try again. Boom']);
        await press(element, 'Show more');
        await giveMore([skipped('a0C-2')]);
        expect(rows(element)).toHaveLength(2);
        expect(pressable(element)).not.toContain('Show more');
    });
});

describe('c-playbook-coaching: comments', () => {
    it('saves one, shows it at once and closes the form', async () => {
        const element = await showAll();
        await press(element, OPEN);
        await fill(element, FIELD, 'Ask me');
        const arrive = holdMutation({ comment: 'a0K-9' });
        await press(element, 'Save');
        expect(said(element, 'status')).toContain('Saving …');
        await arrive();
        expect(rows(element)[0]).toContain('You · just now');
        expect(rows(element)[0]).toContain('Ask me');
        expect(all(element, 'lightning-textarea')).toHaveLength(0);
        expect(visibleText(element)).toContain('Comment saved');
        await press(element, OPEN);
        expect(field(element, FIELD).value).toBe('');
    });

    it('keeps what was written when it fails, and when something else is shown meanwhile', async () => {
        const element = await showAll();
        await press(element, OPEN);
        await fill(element, FIELD, 'Ask me');
        loseMutation();
        await press(element, 'Save');
        expect(said(element, 'alert')[0]).toContain('What you wrote is still here');
        expect(field(element, FIELD).value).toBe('Ask me');
        await press(element, '30 days');
        await giveOverview();
        await press(element, OPEN);
        expect(field(element, FIELD).value).toBe('Ask me');
        acceptMutation({ comment: 'a0K-9' });
        await press(element, 'Try again');
        expect(mutations()).toHaveLength(2);
        expect(rows(element)[0]).toContain('You · just now');
        expect(all(element, 'lightning-textarea')).toHaveLength(0);
    });

    it('changes, removes and brings back one’s own', async () => {
        const own = comment({ CreatedById: ME }, 'Lena Fischer');
        const element = await showAll({
            skipped: [skipped('a0C-1', {}, { comments: [own, comment({ Id: 'a0K-2' })] })],
        });
        expect(pressable(element).filter((name) => name === 'Edit')).toHaveLength(1);
        await press(element, 'Edit');
        await fill(element, FIELD, 'Ask Tom');
        acceptMutation({ comment: 'a0K-1' });
        await press(element, 'Save');
        expect(rows(element)[0]).toContain('Ask Tom');
        acceptMutation();
        await press(element, 'Remove');
        expect(rows(element)[0]).toContain('Comment removed');
        expect(rows(element)[0]).not.toContain('Ask Tom');
        acceptMutation({ comment: 'a0K-3' });
        await press(element, 'Undo');
        expect(mutations().at(-1)?.variables).toEqual({
            comment: { Coaching_Comment__c: { Commented_Step__c: 'a0C-1', Comment__c: 'Ask Tom' } },
        });
        expect(rows(element)[0]).toContain('Ask Tom');
        expect(rows(element)[0]).not.toContain('Comment removed');
    });

    it('lets go of what was removed when it is dismissed', async () => {
        const element = await showAll({
            skipped: [skipped('a0C-1', {}, { comments: [comment({ CreatedById: ME })] })],
        });
        acceptMutation();
        await press(element, 'Remove');
        all(element, 'lightning-button-icon')[0]?.click();
        await flush();
        expect(rows(element)[0]).not.toContain('Comment removed');
    });

    it('shows comments and no form to whom may not write, and says who may', async () => {
        const element = await show();
        await giveOverview({ skipped: [skipped('a0C-1', {}, { comments: [comment({ CreatedById: ME })] })] });
        expect(visibleText(element)).not.toContain('permission set');
        await giveCommentRight(false);
        expect(rows(element)[0]).toContain('Ask me for an introduction.');
        expect(visibleText(element)).toContain('needs the permission set Playbook Coach');
        expect(pressable(element)).toEqual(expect.not.arrayContaining(['Edit', 'Remove', OPEN]));
    });
});
