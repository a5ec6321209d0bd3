import { LightningElement, api } from 'lwc';
import type { Proof } from 'c/playbookEngine';
import TEXTS from './labels';

interface Option {
    readonly label: string;
    readonly value: string;
}

/** What a step that speaks to the customer can name as its task. */
export interface ProofView {
    /** False: this org, or this user, has no tasks here; the page says so. */
    readonly available: boolean;
    readonly canLog: boolean;
    /** Subject of a call that is logged, until the person changes it. */
    readonly subject: string;
    /** Whom the call was with, as far as that is known: a contact's id, or ''. */
    readonly contactId: string;
    readonly contacts: readonly Option[];
    /** Tasks that are logged already, latest first. */
    readonly tasks: readonly Option[];
}

type Choice = Proof['kind'] | 'none';

/**
 * The task behind an answer: none, a call to log with it, or one that is logged already. Nothing is chosen by itself, since many
 * orgs have their calls logged by the telephone already. Fires `proof` with a Proof or null.
 */
export default class PlaybookProof extends LightningElement {
    @api view: ProofView | undefined;

    readonly texts = TEXTS;
    choice: Choice = 'none';
    taskId = '';
    private typedSubject: string | undefined;
    private chosenContact: string | undefined;

    get isAvailable(): boolean {
        return this.view?.available === true && this.choices.length > 1;
    }

    get isUnavailable(): boolean {
        return this.view?.available === false;
    }

    get choices(): readonly Option[] {
        const { texts, view } = this;
        return [
            { label: texts.none, value: 'none' },
            ...(view?.canLog ? [{ label: texts.log, value: 'log' }] : []),
            ...(view?.tasks.length ? [{ label: texts.attach, value: 'attach' }] : []),
        ];
    }

    get isLog(): boolean {
        return this.choice === 'log';
    }

    get isAttach(): boolean {
        return this.choice === 'attach';
    }

    get subject(): string {
        return this.typedSubject ?? this.view?.subject ?? '';
    }

    get contactId(): string {
        return this.chosenContact ?? this.view?.contactId ?? '';
    }

    get contacts(): readonly Option[] {
        return [{ label: this.texts.nobody, value: '' }, ...(this.view?.contacts ?? [])];
    }

    get hasContacts(): boolean {
        return this.contacts.length > 1;
    }

    handleChoice(event: CustomEvent<{ value: Choice }>): void {
        this.choice = event.detail.value;
        this.taskId ||= this.view?.tasks[0]?.value ?? '';
        this.tell();
    }

    handleSubject(event: CustomEvent<{ value: string }>): void {
        this.typedSubject = event.detail.value;
        this.tell();
    }

    handleContact(event: CustomEvent<{ value: string }>): void {
        this.chosenContact = event.detail.value;
        this.tell();
    }

    handleTask(event: CustomEvent<{ value: string }>): void {
        this.taskId = event.detail.value;
        this.tell();
    }

    private tell(): void {
        this.dispatchEvent(new CustomEvent<Proof | null>('proof', { detail: this.proof() }));
    }

    private proof(): Proof | null {
        switch (this.choice) {
            case 'none':
                return null;
            case 'log':
                return {
                    kind: 'log',
                    subject: this.subject.trim() || (this.view?.subject ?? ''),
                    contactId: this.contactId || null,
                };
            case 'attach':
                return { kind: 'attach', taskId: this.taskId };
        }
    }
}
