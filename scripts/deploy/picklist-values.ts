/**
 * Values that admins added to the product's own picklists, a cause of loss for one. A deploy of the field with fewer values would switch them off, so they travel
 * along with this version's.
 */
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Connection } from '../lib/connection.ts';
import { escapeXml } from '../lib/xml-text.ts';
import type { Component } from './components.ts';
import { parseMetadata } from './differences.ts';
import { isChangedByAdmins } from './install-plan.ts';
import { isThere, readContents } from './org-components.ts';
import type { Inventory } from './org-components.ts';

interface PicklistValue {
    readonly fullName: string;
    readonly label: string;
}
/** By field; fields without any are left out. */
export type AddedValues = ReadonlyMap<Component, readonly PicklistValue[]>;

const value = z.object({
    fullName: z.string(),
    label: z.string().optional(),
    isActive: z.union([z.boolean(), z.string()]).optional(),
});
const picklist = z.object({
    valueSet: z.object({ valueSetDefinition: z.object({ value: z.union([value, z.array(value)]) }) }),
});

/** Active values of fields that are there already, as far as this version does not have them. */
export async function addedValues(
    connection: Connection,
    projectRoot: string,
    components: readonly Component[],
    inventory: Inventory,
): Promise<AddedValues> {
    const ours = new Map<Component, ReadonlySet<string>>();
    for (const component of components) {
        if (component.type !== 'CustomField' || isChangedByAdmins(component) || !isThere(inventory, component))
            continue;
        const file = readFileSync(join(projectRoot, component.files[0] ?? ''), 'utf8');
        const names = valuesOf(parseMetadata(file)).map(({ fullName }) => fullName);
        if (names.length > 0) ours.set(component, new Set(names));
    }
    const contents = await readContents(connection, [...ours.keys()]);
    const added = [...ours].map(([component, names]) => {
        const theirs = valuesOf(contents.get(component)).filter(({ fullName }) => !names.has(fullName));
        return [component, theirs] as const;
    });
    return new Map(added.filter(([, values]) => values.length > 0));
}

function valuesOf(content: unknown): readonly PicklistValue[] {
    const parsed = picklist.safeParse(content);
    if (!parsed.success) return [];
    return [parsed.data.valueSet.valueSetDefinition.value]
        .flat()
        .filter(({ isActive }) => String(isActive ?? true) === 'true')
        .map(({ fullName, label }) => ({ fullName, label: label ?? fullName }));
}

/** Writes them into the staged files of their fields. */
export async function stageAddedValues(folder: string, added: AddedValues): Promise<void> {
    for (const [component, values] of added) {
        const path = join(folder, component.files[0] ?? '');
        const elements = values.map(
            ({ fullName, label }) =>
                `<value><fullName>${escapeXml(fullName)}</fullName><default>false</default><label>${escapeXml(label)}</label></value>`,
        );
        const content = await readFile(path, 'utf8');
        await writeFile(
            path,
            content.replace('</valueSetDefinition>', () => `${elements.join('')}</valueSetDefinition>`),
        );
    }
}

/** For the plan. */
export function addedValueLines(added: AddedValues): string[] {
    return [...added].map(
        ([{ fullName }, values]) =>
            `Values added in the org go along: ${fullName}: ${values.map(({ label }) => label).join(', ')}`,
    );
}
