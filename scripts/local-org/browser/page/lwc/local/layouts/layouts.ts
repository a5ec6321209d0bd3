/** Page layouts and compact layouts, as the UI API gives them: only fields that the user may see. They do not change while a page is open. */
import { apiPath, request } from 'local/connection';

export interface RecordLayout {
    readonly sections: readonly LayoutSection[];
}
export interface LayoutSection {
    readonly heading: string | null;
    readonly useHeading: boolean;
    readonly columns: number;
    readonly layoutRows: readonly { readonly layoutItems: readonly LayoutItem[] }[];
}
export interface LayoutItem {
    readonly label: string;
    /** The layout and field security agree. */
    readonly editableForUpdate: boolean;
    readonly required: boolean;
    readonly layoutComponents: readonly { readonly apiName: string | null }[];
}

const answers = new Map<string, Promise<RecordLayout>>();

/** Failures are not kept: the next component that asks tries again. */
export function readLayout(objectApiName: string, layoutType: 'Compact' | 'Full'): Promise<RecordLayout> {
    const path = `/ui-api/layout/${objectApiName}?layoutType=${layoutType}&mode=View`;
    let answer = answers.get(path);
    if (!answer) {
        answer = request<RecordLayout>('GET', apiPath(path));
        answers.set(path, answer);
        answer.catch(() => answers.delete(path));
    }
    return answer;
}

export interface PlacedField {
    readonly apiName: string;
    readonly item: LayoutItem;
    /** From 0. */
    readonly column: number;
}

/** A section's fields row by row; empty spaces are left out. */
export function placedFields({ layoutRows }: LayoutSection): PlacedField[] {
    return layoutRows.flatMap(({ layoutItems }) =>
        layoutItems.flatMap((item, column) =>
            item.layoutComponents.flatMap(({ apiName }) => (apiName ? [{ apiName, item, column }] : [])),
        ),
    );
}
