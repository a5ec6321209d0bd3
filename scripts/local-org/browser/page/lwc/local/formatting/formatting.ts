/** Words a raw value as the user's locale does. */
import { session } from 'local/session';

export type RawValue = string | number | boolean | null | undefined;

export function formatValue(value: RawValue, dataType: string): string {
    if (value === null || value === undefined || value === '') return '';
    const { locale, currency } = session().user;
    switch (dataType) {
        case 'Boolean':
            return value ? 'Yes' : 'No';
        case 'Currency':
            return number(value, {
                style: 'currency',
                currency,
                maximumFractionDigits: 2,
                trailingZeroDisplay: 'stripIfInteger',
            });
        case 'Percent':
            return `${number(value, { maximumFractionDigits: 2 })}%`;
        case 'Double':
        case 'Int':
            return number(value, { maximumFractionDigits: 6 });
        case 'Date':
            return date(String(value), { dateStyle: 'medium', timeZone: 'UTC' });
        case 'DateTime':
            return date(String(value), { dateStyle: 'medium', timeStyle: 'short', timeZone: session().user.timeZone });
        case 'MultiPicklist':
            return String(value).split(';').join('; ');
        default:
            return String(value);
    }

    function number(raw: string | number | boolean, options: Intl.NumberFormatOptions): string {
        return new Intl.NumberFormat(locale, options).format(Number(raw));
    }
    function date(raw: string, options: Intl.DateTimeFormatOptions): string {
        const instant = new Date(raw.length === 10 ? `${raw}T00:00:00Z` : raw);
        return Number.isNaN(instant.getTime()) ? raw : new Intl.DateTimeFormat(locale, options).format(instant);
    }
}

/** Icons of the objects that the platform knows, and one for all others. */
export function objectIcon(objectApiName: string): string {
    return ICONS[objectApiName] ?? 'standard:record';
}

const ICONS: Readonly<Record<string, string>> = {
    Account: 'standard:account',
    Contact: 'standard:contact',
    Case: 'standard:case',
    User: 'standard:user',
    Playbook__c: 'standard:sales_path',
    Playbook_Version__c: 'standard:document',
    Playbook_Step__c: 'standard:task',
    Playbook_Resource__c: 'standard:email',
    Playbook_Run__c: 'standard:process',
    Step_Completion__c: 'standard:task2',
};
