/** What a person does on a page: finds controls by their words, through all components, presses, chooses and types. */
import { flush, visibleText } from './dom';

/** A native or base-component control; the stubs of base components keep label, value and options as properties. */
export interface Control extends HTMLElement {
    readonly label?: string;
    readonly value?: unknown;
    readonly options?: readonly { readonly label: string; readonly value: string }[];
    readonly disabled?: boolean;
    readonly required?: boolean;
}

const PRESSED = 'button, a[href], summary, lightning-button, lightning-menu-item';
const FILLED =
    'lightning-input, lightning-textarea, lightning-combobox, lightning-radio-group, lightning-checkbox-group';

/** Every element that a person could meet inside `host`: in its components' insides, and what is put into them. */
export function everything(host: Element): Element[] {
    const children = [...Array.from(host.shadowRoot?.children ?? []), ...Array.from(host.children)];
    return children.flatMap((element) => [element, ...everything(element)]);
}

/** All that match, deep inside. */
export const all = (host: Element, selector: string): Control[] =>
    everything(host).filter((element): element is Control => element.matches(selector));

/** What a control is called: its label, or else its text. */
export function nameOf(control: Control): string {
    return control.label ?? control.getAttribute('aria-label') ?? visibleText(control);
}

/** Names of what can be pressed. */
export const pressable = (host: Element): string[] => all(host, PRESSED).map(nameOf);
/** Names of what can be filled in. */
export const fillable = (host: Element): string[] => all(host, FILLED).map(nameOf);

export const button = (host: Element, name: string): Control => named(host, PRESSED, name);
export const field = (host: Element, name: string): Control => named(host, FILLED, name);

/** Presses a button, link or menu item; a disabled one does nothing, as on a page. */
export async function press(host: Element, name: string): Promise<void> {
    const control = button(host, name);
    if (!control.disabled) control.click();
    await flush();
}

/** Types or chooses a value. */
export async function fill(host: Element, name: string, value: string | readonly string[]): Promise<void> {
    field(host, name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await flush();
}

/** What is said at once to a screen reader: alerts, and status messages. */
export const said = (host: Element, role: 'alert' | 'status'): string[] =>
    all(host, `[role="${role}"]`).map(visibleText);

function named(host: Element, selector: string, name: string): Control {
    const candidates = all(host, selector);
    const found = candidates.find((control) => nameOf(control) === name);
    if (!found) throw new Error(`Nothing is called "${name}". There are: ${candidates.map(nameOf).join(' | ')}`);
    return found;
}
