import PlaybookFigures, { type FigureView } from '../playbookFigures';
import { clearDom, find, findAll, mount, visibleText } from 'test/dom';

const figure = (changes: Partial<FigureView> = {}): FigureView => ({
    key: 'health',
    label: 'Health',
    value: '48',
    note: 'of 100',
    tone: 'bad',
    ...changes,
});

afterEach(clearDom);

describe('c-playbook-figures', () => {
    it('shows each figure with its label and how old they are', async () => {
        const figures = [figure(), figure({ key: 'arr', label: 'ARR', value: '$120K', note: '', tone: 'plain' })];
        const element = await mount('c-playbook-figures', PlaybookFigures, { figures, age: 'Figures of Nov 20' });
        expect(visibleText(element)).toBe('Health 48 of 100 ARR $120K Figures of Nov 20');
        expect(find(element, 'section').getAttribute('aria-label')).toBe('Figures');
    });

    it.each<[stale: boolean, icon: string]>([
        [true, 'utility:warning'],
        [false, 'utility:clock'],
    ])('warns by an icon too when figures are old: %s', async (stale, icon) => {
        const element = await mount('c-playbook-figures', PlaybookFigures, { figures: [figure()], age: 'Old', stale });
        expect(find(element, '.age lightning-icon')).toHaveProperty('iconName', icon);
    });

    it('is empty without figures and age', async () => {
        const element = await mount('c-playbook-figures', PlaybookFigures);
        expect(visibleText(element)).toBe('');
        expect(findAll(element, 'dt')).toEqual([]);
    });

    it('shows HTML as text', async () => {
        const hostile = '<b>48</b>';
        const element = await mount('c-playbook-figures', PlaybookFigures, {
            figures: [figure({ label: hostile, value: hostile, note: hostile })],
            age: hostile,
        });
        expect(findAll(element, 'b')).toEqual([]);
        expect(visibleText(element).split(hostile)).toHaveLength(5);
    });

    it('is accessible', async () => {
        const element = await mount('c-playbook-figures', PlaybookFigures, {
            figures: [figure(), figure({ key: 'x', value: 'unknown', tone: 'missing', note: '' })],
            age: 'Figures of Nov 20',
            stale: true,
        });
        await expect(element).toBeAccessible();
    });
});
