import PlaybookSweepAge, { type SweepAgeView } from '../playbookSweepAge';
import { clearDom, findAll, mount, visibleText } from 'test/dom';
import { NOW } from 'test/platformAnswers';

async function show(view: Partial<SweepAgeView>) {
    const element = await mount('c-playbook-sweep-age', PlaybookSweepAge, {
        view: { finishedAt: '2026-11-21T02:00:00.000Z', withFailures: false, now: NOW, ...view },
    });
    return { text: visibleText(element), warns: findAll(element, 'lightning-icon').length > 0, element };
}

afterEach(clearDom);

describe('c-playbook-sweep-age', () => {
    it('tells how long ago it was, quietly', async () => {
        const { text, warns, element } = await show({});
        expect(text).toBe('Last looked at by the nightly sweep 16 hours ago');
        expect(warns).toBe(false);
        await expect(element).toBeAccessible();
    });

    it('says "just now" instead of no minutes', async () => {
        const { text } = await show({ finishedAt: NOW });
        expect(text).toContain('nightly sweep just now');
    });

    it.each([
        ['35 hours and 59 minutes', '2026-11-20T06:01:00.000Z', false],
        ['more than 36 hours', '2026-11-20T05:59:00.000Z', true],
    ])('warns after 36 hours: %s', async (_age, finishedAt, old) => {
        const { text, warns } = await show({ finishedAt });
        expect(warns).toBe(old);
        expect(text).toContain(old ? 'It should run every night' : 'Last looked at');
    });

    it('warns when some accounts could not be written, and when no sweep has run', async () => {
        expect(await show({ withFailures: true })).toMatchObject({
            text: expect.stringContaining('Some accounts could not be written'),
            warns: true,
        });
        expect(await show({ finishedAt: null })).toMatchObject({
            text: expect.stringMatching(/^No sweep has run yet/),
            warns: true,
        });
    });

    it('says days from two days on', async () => {
        expect((await show({ finishedAt: '2026-11-18T02:00:00.000Z' })).text).toContain('ran 3 days ago');
    });
});
