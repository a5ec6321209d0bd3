import type { StepAnswer } from 'c/playbookStep';
import PlaybookChecklist, { type PhaseCard } from '../playbookChecklist';
import { stepCard } from 'test/cards';
import { clearDom, find, findAll, flush, listen, mount, visibleText } from 'test/dom';
import { all, press } from 'test/person';

const phases = (): readonly PhaseCard[] => [
    {
        key: '0:Understand',
        name: 'Understand',
        steps: [
            stepCard({ id: 'check:1', stepKey: 'check', title: 'Check the data', due: '' }),
            stepCard({ id: 'cause:1', stepKey: 'cause', title: 'Name the cause', due: '' }),
        ],
    },
    { key: '1:Act', name: 'Act', steps: [stepCard({ due: '' })] },
];

afterEach(clearDom);

describe('c-playbook-checklist', () => {
    it('shows the steps in order under their phases', async () => {
        const element = await mount('c-playbook-checklist', PlaybookChecklist, { phases: phases() });
        expect(visibleText(element)).toBe(
            'Understand Check the data CSM Name the cause CSM Act Book the diagnostic call CSM',
        );
        expect(find(element, 'section').getAttribute('aria-label')).toBe('Checklist');
        expect(findAll(element, 'ol').map((list) => list.children.length)).toEqual([2, 1]);
    });

    it('shows no heading for steps without a phase', async () => {
        const [phase] = phases();
        const element = await mount('c-playbook-checklist', PlaybookChecklist, {
            phases: phase ? [{ ...phase, name: '' }] : [],
        });
        expect(findAll(element, 'h4')).toEqual([]);
    });

    it('lets answers through to who holds it', async () => {
        const element = await mount('c-playbook-checklist', PlaybookChecklist, { phases: phases() });
        const answers = listen<StepAnswer>(element, 'playbookanswer');
        await press(element, 'Mark done: Name the cause');
        expect(answers).toEqual([expect.objectContaining({ stepKey: 'cause', occurrence: 1 })]);
    });

    it('keeps a step opened when a step appears above it', async () => {
        const element = await mount('c-playbook-checklist', PlaybookChecklist, { phases: phases() });
        await press(element, 'Name the cause');
        const [first, ...others] = phases();
        const added = stepCard({ id: 'sponsor:1', stepKey: 'sponsor', title: 'Call the sponsor' });
        element.phases = first ? [{ ...first, steps: [added, ...first.steps] }, ...others] : [];
        await flush();
        expect(all(element, '[aria-expanded="true"]').map((title) => title.textContent)).toEqual(['Name the cause']);
    });

    it('is empty without phases', async () => {
        expect(visibleText(await mount('c-playbook-checklist', PlaybookChecklist))).toBe('');
    });

    it('is accessible', async () => {
        const element = await mount('c-playbook-checklist', PlaybookChecklist, { phases: phases() });
        await expect(element).toBeAccessible();
    });
});
