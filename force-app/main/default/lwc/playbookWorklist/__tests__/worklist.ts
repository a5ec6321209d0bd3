/** The worklist as a test meets it. */
import PlaybookWorklist from '../playbookWorklist';
import { findAll, flush, mount, visibleText } from 'test/dom';
import { all, nameOf } from 'test/person';
import { bookAnswer, rulesAnswer, type BookAnswer, type RulesAnswer } from 'test/bookAnswers';
import { forgetBookOrg, giveBookOrg } from 'test/bookOrg';
import { NOW } from 'test/platformAnswers';

/** Mixing in navigation hides from TypeScript that this is a component. */
const WORKLIST = PlaybookWorklist as Parameters<typeof mount>[1];

export const show = (): Promise<HTMLElement> => mount('c-playbook-worklist', WORKLIST);

/** The worklist of a book, read. */
export async function showBook(book: BookAnswer = {}, rules: RulesAnswer = {}): Promise<HTMLElement> {
    const element = await show();
    await giveBookOrg(bookAnswer(book), rulesAnswer(rules));
    return element;
}

/** A day on which the sample's dates lie, for every test of the file. */
export function atNow(): void {
    beforeEach(() => {
        jest.useFakeTimers({
            now: new Date(NOW),
            doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'],
        });
    });
    afterEach(() => {
        jest.useRealTimers();
        forgetBookOrg();
        window.sessionStorage.clear();
    });
}

/** What stands in each place of the list, top to bottom. */
export const places = (element: Element): string[] => all(element, 'li.slot').map(visibleText);
/** Names of the accounts that are shown as rows. */
export const rows = (element: Element): string[] => all(element, 'h4.name').map(visibleText);
export const row = (element: Element, name: string): Element => {
    const found = all(element, 'c-playbook-worklist-row').find((candidate) => visibleText(candidate).includes(name));
    if (!found) throw new Error(`No row of ${name}: ${rows(element).join(', ')}`);
    return found;
};
export const filters = (element: Element): string[] => findAll(element, '.filter').map(visibleText);
export const folds = (element: Element): string[] => findAll(element, '.folder').map(visibleText);

export async function pressInside(host: Element, name: string): Promise<void> {
    const pressed = all(host, 'button, lightning-button').find((control) => nameOf(control).startsWith(name));
    if (!pressed) throw new Error(`Nothing begins with "${name}" there.`);
    pressed.click();
    await flush();
}

/** The person takes an item of a row's menu. */
export async function choose(host: Element, kind: string): Promise<void> {
    const [menu] = all(host, 'lightning-button-menu');
    menu?.dispatchEvent(new CustomEvent('select', { detail: { value: kind } }));
    await flush();
}

/** The person presses a row's menu item, fills in the form and confirms. */
export async function act(host: Element, kind: 'letGo' | 'falseAlarm' | 'skip', reason: string): Promise<void> {
    const tell = async (selector: string, name: string, detail: unknown): Promise<void> => {
        const [target] = all(host, selector);
        target?.dispatchEvent(new CustomEvent(name, { detail }));
        await flush();
    };
    await choose(host, kind);
    await tell(kind === 'skip' ? 'lightning-combobox' : 'lightning-textarea', 'change', { value: reason });
    await pressInside(host, { letGo: 'Let it go', falseAlarm: 'It is a false alarm', skip: 'Skip this step' }[kind]);
}
