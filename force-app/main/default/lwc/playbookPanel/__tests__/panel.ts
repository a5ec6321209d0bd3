/** The panel on a page whose org answers as each test says, on a Saturday in November. */
import type { ToastOptions } from 'lightning/platformShowToastEvent';
import PlaybookPanel from '../playbookPanel';
import { flush, listen, mount } from 'test/dom';
import { giveAll } from 'test/org';
import { ACCOUNT_ID, AT_RISK_VALUES, NOW, accountAnswer, type AccountAnswer } from 'test/platformAnswers';

type Values = Parameters<typeof giveAll>[1];
type Infos = Parameters<typeof giveAll>[2][];

/** The mixin's type hides that this is a component class like any other. */
const PANEL = PlaybookPanel as Parameters<typeof mount>[1];

/** Only the calendar stands still: promises and timers run as they do. */
export function stopClock(): void {
    jest.useFakeTimers({
        now: new Date(NOW),
        doNotFake: [
            'hrtime',
            'nextTick',
            'performance',
            'queueMicrotask',
            'setImmediate',
            'clearImmediate',
            'setInterval',
            'clearInterval',
            'setTimeout',
            'clearTimeout',
            'requestAnimationFrame',
            'cancelAnimationFrame',
            'requestIdleCallback',
            'cancelIdleCallback',
        ],
    });
}

/** The panel before anything has been answered. */
export async function mountPanel() {
    const element = await mount('c-playbook-panel', PANEL, { recordId: ACCOUNT_ID });
    return { element, toasts: listen<ToastOptions>(element, 'lightning__showtoast') };
}

/** The panel once everything has been answered. */
export async function openPanel(answer: AccountAnswer = {}, values: Values = AT_RISK_VALUES, ...infos: Infos) {
    const panel = await mountPanel();
    await giveAll(accountAnswer(answer), values, ...infos);
    await flush();
    return panel;
}
