import PlaybookSweepResult, { type ResultView } from '../playbookSweepResult';
import { clearDom, find, findAll, mount, visibleText } from 'test/dom';

const VIEW: ResultView = {
    lines: ['60 accounts looked at.'],
    warnings: [],
    triggers: {
        nameLabel: 'Trigger',
        columns: ['Accounts'],
        rows: [
            {
                key: 'At_Risk',
                name: 'At Risk',
                isMarked: false,
                cells: [{ key: '0', label: 'Accounts', text: '8', className: 'figure' }],
            },
        ],
    },
    csms: { nameLabel: 'CSM', columns: ['Accounts'], rows: [] },
    refusedHeading: '',
    refused: [],
};

const show = (view: Partial<ResultView> = {}): Promise<HTMLElement> =>
    mount('c-playbook-sweep-result', PlaybookSweepResult, { view: { ...VIEW, ...view } });

afterEach(clearDom);

describe('c-playbook-sweep-result', () => {
    it('shows a table with headings for people who do not see it, and leaves out one without rows', async () => {
        const element = await show();
        expect(findAll(element, 'table').map((table) => table.getAttribute('aria-label'))).toEqual(['By trigger']);
        expect(visibleText(find(element, 'table'))).toBe('Trigger Accounts At Risk 8');
        expect(find(element, 'td').dataset['label']).toBe('Accounts');
        expect(visibleText(element)).not.toContain('Somebody should look at this');
    });

    it('tells warnings and, with a link to the account, what was refused', async () => {
        const element = await show({
            warnings: ['Too many.'],
            refusedHeading: 'Could not be written: 1',
            refused: [{ key: '1', href: '/lightning/r/Account/001/view', account: 'Acme', reason: 'Not allowed.' }],
        });
        expect(visibleText(element)).toContain('Somebody should look at this Too many.');
        expect(visibleText(find(element, '.refused'))).toContain('Acme : Not allowed.');
        expect(find<HTMLAnchorElement>(element, '.refused a').getAttribute('href')).toContain('/Account/001/');
    });
});
