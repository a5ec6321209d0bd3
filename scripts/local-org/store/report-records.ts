import { textOf } from '../metadata/check/definitions.ts';
import type { MetadataFile } from '../metadata/files.ts';
import { identify } from '../metadata/kinds.ts';
import { parseXml, type XmlElement } from '../metadata/xml.ts';
import type { StoreContext } from './context.ts';
import { quoted, run } from './database.ts';
import { derivedId } from './ids.ts';
import { toSecond, type Stored } from './values.ts';

type Values = Readonly<Record<string, Stored>>;

/** The records of Report and Dashboard that SOQL finds: exactly those that are deployed, under ids that follow from their names. */
export function installReportRecords(context: StoreContext, files: readonly MetadataFile[]): void {
    const folders = new Map<string, string>();
    const found: { readonly object: 'Report' | 'Dashboard'; readonly fullName: string; readonly root: XmlElement }[] =
        [];
    for (const file of files.filter(({ path }) => /^(reports|dashboards)\//.test(path))) {
        const { type, fullName } = identify(file.path);
        const root = parseXml(file);
        if (root && (type === 'Report' || type === 'Dashboard')) {
            found.push({ object: type, fullName, root });
        } else if (root) {
            folders.set(`${type}/${fullName}`, textOf(root, 'name'));
        }
    }
    run(context.db, 'DELETE FROM "Report"');
    run(context.db, 'DELETE FROM "Dashboard"');
    const now = toSecond(context.now());
    for (const { object, fullName, root } of found) {
        const slash = fullName.lastIndexOf('/');
        const folder = fullName.slice(0, slash);
        const own: Values =
            object === 'Report'
                ? { Name: textOf(root, 'name'), Format: textOf(root, 'format') }
                : { Title: textOf(root, 'title') };
        insert(context, object, {
            ...own,
            Id: derivedId(context.prefixes.get(object) ?? '', fullName),
            DeveloperName: fullName.slice(slash + 1),
            FolderName: folders.get(`${object}Folder/${folder}`) ?? folder,
            Description: textOf(root, 'description') || null,
            CreatedDate: now,
            LastModifiedDate: now,
            SystemModstamp: now,
        });
    }
}

function insert({ db }: StoreContext, object: string, row: Values): void {
    const names = Object.keys(row);
    const places = names.map(() => '?').join(', ');
    run(
        db,
        `INSERT INTO ${quoted(object)} (${names.map(quoted).join(', ')}) VALUES (${places})`,
        ...Object.values(row),
    );
}
