import type { Proof } from 'c/playbookEngine';
import PlaybookProof, { type ProofView } from '../playbookProof';
import { proofView } from 'test/cards';
import { clearDom, listen, mount, visibleText } from 'test/dom';
import { field, fill, fillable } from 'test/person';

const TASK = 'Salesforce task';

async function show(changes: Partial<ProofView> = {}) {
    const element = await mount('c-playbook-proof', PlaybookProof, { view: proofView(changes) });
    return { element, proofs: listen<Proof | null>(element, 'proof') };
}

const choices = (element: HTMLElement): readonly string[] =>
    (field(element, TASK).options ?? []).map(({ label }) => label);

afterEach(clearDom);

describe('c-playbook-proof', () => {
    it('offers a call to log and one that is logged, and has chosen neither', async () => {
        const { element, proofs } = await show();
        expect(choices(element)).toEqual(['None', 'Log this call', 'Already logged']);
        expect(field(element, TASK).value).toBe('none');
        expect(fillable(element)).toEqual([TASK]);
        expect(proofs).toEqual([]);
    });

    it('tells the call to log, with its subject and the contact that is known', async () => {
        const { element, proofs } = await show();
        await fill(element, TASK, 'log');
        expect(proofs.at(-1)).toEqual({ kind: 'log', subject: 'Book the diagnostic call', contactId: '003-ada' });
        await fill(element, 'Subject', ' Call about training ');
        await fill(element, 'With', '003-ben');
        expect(proofs.at(-1)).toEqual({ kind: 'log', subject: 'Call about training', contactId: '003-ben' });
        await fill(element, 'With', '');
        await fill(element, 'Subject', ' ');
        expect(proofs.at(-1)).toEqual({ kind: 'log', subject: 'Book the diagnostic call', contactId: null });
    });

    it('tells the task to attach, the latest one first', async () => {
        const { element, proofs } = await show();
        await fill(element, TASK, 'attach');
        expect(proofs.at(-1)).toEqual({ kind: 'attach', taskId: '00T000000000001AAA' });
        await fill(element, 'Which one?', '00T000000000002AAA');
        expect(proofs.at(-1)).toEqual({ kind: 'attach', taskId: '00T000000000002AAA' });
    });

    it('tells when none is wanted after all', async () => {
        const { element, proofs } = await show();
        await fill(element, TASK, 'log');
        await fill(element, TASK, 'none');
        expect(proofs.at(-1)).toBeNull();
        expect(fillable(element)).toEqual([TASK]);
    });

    it.each<[changes: Partial<ProofView>, offered: readonly string[]]>([
        [{ tasks: [] }, ['None', 'Log this call']],
        [{ canLog: false }, ['None', 'Already logged']],
    ])('offers only what there is: %j', async (changes, offered) => {
        const { element } = await show(changes);
        expect(choices(element)).toEqual(offered);
    });

    it('asks for no contact where there is none', async () => {
        const { element } = await show({ contacts: [], contactId: '' });
        await fill(element, TASK, 'log');
        expect(fillable(element)).toEqual([TASK, 'Subject']);
    });

    it('says in one sentence that there are no tasks here', async () => {
        const { element } = await show({ available: false });
        expect(visibleText(element)).toBe(
            'Calls cannot be logged from here in this org, or not by you. Your answer is recorded as usual.',
        );
        expect(fillable(element)).toEqual([]);
    });

    it.each(['none', 'log', 'attach'])('is accessible with %s chosen', async (choice) => {
        const { element } = await show();
        await fill(element, TASK, choice);
        await expect(element).toBeAccessible();
    });
});
