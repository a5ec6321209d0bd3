import PlaybookWhy, { type WhyView } from '../playbookWhy';
import { whyView } from 'test/cards';
import { clearDom, find, findAll, mount, visibleText } from 'test/dom';
import { all, button, press, pressable } from 'test/person';

const show = (changes: Partial<WhyView> = {}) => mount('c-playbook-why', PlaybookWhy, { view: whyView(changes) });
const ABOUT = {
    whenToUse: 'Health below 60.',
    successCriteria: ['Health is 65 or more'],
    pitfalls: ['Waiting for the customer'],
};

afterEach(clearDom);

describe('c-playbook-why', () => {
    it('says what surfaced, how urgent it is, and why', async () => {
        const element = await show({ reasons: ['Usage fell 42% (limit 30%)', 'Health is 48 (limit 60)'] });
        expect(visibleText(element)).toBe(
            'At-Risk Account High Find out why, then act. Why now Usage fell 42% (limit 30%) Health is 48 (limit 60) 1 of 4 steps',
        );
    });

    it('says what there is to know about the run', async () => {
        const element = await show({ notes: ['Working on it since Thu, Nov 19.'] });
        expect(visibleText(element)).toContain('Working on it since Thu, Nov 19.');
    });

    it('tells its progress in numbers and to screen readers', async () => {
        const bar = find(await show(), '[role="progressbar"]');
        expect(bar.getAttribute('aria-valuenow')).toBe('25');
        expect(bar.getAttribute('aria-label')).toBe('1 of 4 steps');
    });

    it.each([0, 1])('shows no progress of %d steps', async (total) => {
        expect(findAll(await show({ answered: 0, total }), '[role="progressbar"]')).toEqual([]);
    });

    it('tells about the playbook when it is asked', async () => {
        const element = await show(ABOUT);
        expect(visibleText(element)).not.toContain('Health below 60.');
        await press(element, 'About this playbook');
        expect(visibleText(element)).toContain(
            'Hide When to use Health below 60. What success looks like Health is 65 or more Common mistakes Waiting for the customer',
        );
        expect(button(element, 'Hide').getAttribute('aria-expanded')).toBe('true');
        await press(element, 'Hide');
        expect(visibleText(element)).not.toContain('Health below 60.');
    });

    it.each<[what: string, view: Partial<WhyView>, words: string]>([
        ['when to use it', { whenToUse: ABOUT.whenToUse }, 'When to use'],
        ['what success is', { successCriteria: ABOUT.successCriteria }, 'What success looks like'],
        ['common mistakes', { pitfalls: ABOUT.pitfalls }, 'Common mistakes'],
    ])('tells only %s when no more is known', async (_what, view, words) => {
        const element = await show(view);
        await press(element, 'About this playbook');
        expect(all(element, '.about .heading').map((heading) => heading.textContent)).toEqual([words]);
    });

    it('offers nothing to read where there is nothing', async () => {
        expect(pressable(await show())).toEqual([]);
    });

    it('has no list of reasons when there is none, and no summary', async () => {
        expect(visibleText(await show({ reasons: [], summary: null }))).toBe('At-Risk Account High 1 of 4 steps');
    });

    it('shows HTML as text', async () => {
        const hostile = '<img src=x onerror="alert(1)">';
        const element = await show({ title: hostile, summary: hostile, reasons: [hostile], notes: [hostile] });
        expect(all(element, 'img')).toEqual([]);
        expect(visibleText(element).split(hostile)).toHaveLength(5);
    });

    it('shows nothing without a view', async () => {
        expect(visibleText(await mount('c-playbook-why', PlaybookWhy))).toBe('');
    });

    it('is accessible, closed and opened', async () => {
        const element = await show(ABOUT);
        await expect(element).toBeAccessible();
        await press(element, 'About this playbook');
        await expect(element).toBeAccessible();
    });
});
