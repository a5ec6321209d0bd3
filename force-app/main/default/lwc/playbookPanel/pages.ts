/** Pages of Lightning Experience that the panel leads to. */
import { encodeDefaultFieldValues } from 'lightning/pageReferenceUtils';
import type { PageReference } from 'lightning/navigation';
import type { ResourceCard } from 'c/playbookResource';

/** The e-mail composer, filled with a merged text. */
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

/** The page of a record. */
export function recordPage(objectApiName: string, recordId: string): PageReference {
    return { type: 'standard__recordPage', attributes: { recordId, objectApiName, actionName: 'view' } };
}
