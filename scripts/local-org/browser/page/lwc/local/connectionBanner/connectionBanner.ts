import { LightningElement } from 'lwc';
import { onConnectionChange, request, type ConnectionState } from 'local/connection';
import { runHandlers } from 'local/refreshHandlers';

/** Says that the local org cannot be reached, or no longer knows this page, and what to do about it. */
export default class ConnectionBanner extends LightningElement {
    state: ConnectionState = 'up';
    trying = false;
    private stop: (() => void) | undefined;

    override connectedCallback(): void {
        this.stop = onConnectionChange((state) => {
            this.state = state;
        });
    }
    override disconnectedCallback(): void {
        this.stop?.();
    }

    get visible(): boolean {
        return this.state !== 'up';
    }
    get text(): string {
        return this.state === 'expired'
            ? 'Your session has ended, because the local org was started anew. What you typed here is not saved yet.'
            : 'The local org does not answer. What you see may be out of date, and changes cannot be saved. Start it with "npm start".';
    }
    get actionLabel(): string {
        if (this.trying) return 'Trying …';
        return this.state === 'expired' ? 'Sign in again' : 'Try again';
    }

    async handleRetry(): Promise<void> {
        if (this.state === 'expired') {
            window.location.reload();
            return;
        }
        this.trying = true;
        try {
            await request('GET', '/local/boot'); // its outcome is the connection's state
            await runHandlers();
        } catch {
            // still down: the banner stays
        } finally {
            this.trying = false;
        }
    }
}
