/** The e-mail composer of Lightning Experience, filled with a merged text. */
import { encodeDefaultFieldValues } from 'lightning/pageReferenceUtils';
import type { PageReference } from 'lightning/navigation';
import type { ResourceCard } from 'c/playbookResource';

export function composerFor({ plainSubject, plainBody }: ResourceCard, recordId: string | undefined): PageReference {
    const defaultFieldValues = encodeDefaultFieldValues({ Subject: plainSubject, HtmlBody: asHtml(plainBody) });
    return {
        type: 'standard__quickAction',
        attributes: { apiName: 'Global.SendEmail' },
        state: { recordId, defaultFieldValues },
    };
}

/** The composer takes HTML; a playbook's text is plain and stays plain. */
function asHtml(text: string): string {
    return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r?\n/g, '<br>');
}
