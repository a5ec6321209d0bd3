// Must come first: with the browser's own shadow DOM the base components lose their styles.
import '@lwc/synthetic-shadow';
import type { Boot } from '../../page-contract.ts';
import { startSession } from 'local/session';

/** Who is signed in has to be known before the first component is evaluated: locale, time zone and permissions are module values on the platform. */
async function start(): Promise<void> {
    const response = await fetch('/local/boot', { headers: { accept: 'application/json' } });
    if (!response.ok) {
        throw new Error(`The local org answered ${response.status} to /local/boot: ${await response.text()}`);
    }
    startSession((await response.json()) as Boot);
    const { mount } = await import('./mount.ts');
    mount(document.getElementById('app') as HTMLElement);
}

function showFailure(error: unknown): void {
    const app = document.getElementById('app') as HTMLElement;
    const unreachable = error instanceof TypeError;
    const heading = Object.assign(document.createElement('h1'), {
        textContent: unreachable ? 'The local org does not answer' : 'The page could not start',
    });
    const advice = Object.assign(document.createElement('p'), {
        textContent: unreachable
            ? 'Start it with "npm start" in the project directory, then try again.'
            : error instanceof Error
              ? error.message
              : String(error),
    });
    const retry = Object.assign(document.createElement('button'), {
        type: 'button',
        textContent: 'Try again',
        className: 'slds-button slds-button_brand',
        onclick: () => location.reload(),
    });
    const failure = Object.assign(document.createElement('main'), { className: 'local-failure' });
    failure.setAttribute('role', 'alert');
    failure.append(heading, advice, retry);
    app.replaceChildren(failure);
}

start().catch(showFailure);
