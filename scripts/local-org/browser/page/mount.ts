import { createElement } from 'lwc';
import App from 'local/app';

export function mount(host: HTMLElement): void {
    host.replaceChildren(createElement('local-app', { is: App }));
}
