/** What component tests share: put a component on the page, let it render, clear the page. */
import { createElement } from 'lwc';

type ElementClass = Parameters<typeof createElement>[1]['is'];

/** The real one, kept before a test may swap in fake timers. */
const { setTimeout: afterMicrotasks } = globalThis;

/**
 * Creates `<tag>` from its component class, sets its public properties, puts it on the page and lets it render.
 * `Properties` is the component's own public surface, so that a misspelt property fails the type check.
 */
export async function mount<Properties extends object>(
    tag: string,
    component: ElementClass,
    properties?: Properties,
): Promise<HTMLElement & Properties> {
    const element = Object.assign(createElement(tag, { is: component }), properties);
    document.body.appendChild(element);
    await flush();
    return element;
}

/** Resolves when everything that is already promised has happened, and what depends on it is rendered. */
export function flush(): Promise<void> {
    return new Promise((resolve) => {
        afterMicrotasks(resolve, 0);
    });
}

/** Empties the page and forgets what mocks were called with; for `afterEach`. */
export function clearDom(): void {
    document.body.replaceChildren();
    jest.clearAllMocks();
}

/** The one element that matches inside the component's shadow; throws with what is there when none does. */
export function find<Found extends Element = HTMLElement>(host: Element, selector: string): Found {
    const found = root(host).querySelector<Found>(selector);
    if (found === null) {
        const tags = new Set(Array.from(root(host).querySelectorAll('*'), (element) => element.tagName.toLowerCase()));
        throw new Error(
            `Nothing matches ${selector} in ${host.tagName.toLowerCase()}. It holds: ${[...tags].join(', ')}`,
        );
    }
    return found;
}

/** Every element that matches inside the component's shadow, in order. */
export function findAll<Found extends Element = HTMLElement>(host: Element, selector: string): Found[] {
    return Array.from(root(host).querySelectorAll<Found>(selector));
}

/** The text a person would read inside the component, its own children included, with white space evened out. */
export function visibleText(host: Element): string {
    const parts: string[] = [];
    collectText(host.shadowRoot ?? host, parts);
    return parts.join(' ').replace(/\s+/g, ' ').trim();
}

function collectText(node: Node, parts: string[]): void {
    const children =
        node instanceof HTMLSlotElement && node.assignedNodes().length > 0 ? node.assignedNodes() : node.childNodes;
    for (const child of Array.from(children)) {
        if (child.nodeType === Node.TEXT_NODE) parts.push(child.textContent ?? '');
        else if (child instanceof Element && child.tagName !== 'STYLE') collectText(child.shadowRoot ?? child, parts);
    }
}

/** Collects the details of a custom event that the component fires. */
export function listen<Detail>(host: Element, eventName: string): Detail[] {
    const details: Detail[] = [];
    host.addEventListener(eventName, (event) => {
        if (event instanceof CustomEvent) details.push(event.detail as Detail);
    });
    return details;
}

function root(host: Element): ShadowRoot {
    if (host.shadowRoot === null)
        throw new Error(`${host.tagName.toLowerCase()} has no shadow root: is it a component?`);
    return host.shadowRoot;
}
