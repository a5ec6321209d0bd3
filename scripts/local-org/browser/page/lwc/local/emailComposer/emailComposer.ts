import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import { decodeDefaultFieldValues } from 'lightning/pageReferenceUtils';
import type { InputField, InputValue } from 'local/fieldInput';
import { registerAction } from 'local/router';

const BODY: InputField = {
    name: 'Body',
    label: 'Body',
    kind: 'long',
    required: false,
    help: null,
    maxLength: null,
    scale: null,
    lines: 14,
    options: [],
};

/** Stand-in for the composer behind the quick action `Global.SendEmail`. */
export default class EmailComposer extends LightningModal {
    @api to = '';
    @api subject = '';
    @api body = '';
    status = '';
    readonly bodyField = BODY;

    handleSubject(event: CustomEvent<{ value: string }>): void {
        this.subject = event.detail.value;
    }
    handleBody(event: CustomEvent<{ value: InputValue }>): void {
        this.body = String(event.detail.value ?? '');
    }
    async handleCopy(): Promise<void> {
        try {
            await navigator.clipboard.writeText(`${this.subject}\n\n${this.body}`);
            this.status = 'Copied.';
        } catch {
            this.status = 'The browser did not allow copying; select the text instead.';
        }
    }
    handleClose(): void {
        this.close();
    }
}

export function registerEmailComposer(): void {
    registerAction('Global.SendEmail', ({ state }) => {
        const values = decodeDefaultFieldValues(state?.['defaultFieldValues'] ?? '');
        void EmailComposer.open({
            label: 'E-mail',
            size: 'small',
            to: recipients(values['ToIds'] ?? values['ToAddress']),
            subject: values['Subject'] ?? '',
            body: plainText(values['HtmlBody'] ?? values['TextBody'] ?? ''),
        });
    });
}

function recipients(value: string | undefined): string {
    return (value ?? '').replace(/^\[|\]$/g, '').replaceAll('"', '');
}

/** As text: whatever markup a template carries is shown, not run. */
function plainText(html: string): string {
    const withBreaks = html.replace(/<br\s*\/?>|<\/p>|<\/div>/gi, '\n');
    return new DOMParser().parseFromString(withBreaks, 'text/html').body.textContent;
}
