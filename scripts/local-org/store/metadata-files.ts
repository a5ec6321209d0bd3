import type { DatabaseSync } from 'node:sqlite';
import type { MetadataFile } from '../metadata/files.ts';
import { rows, run } from './database.ts';

/** The org's metadata as files, kept with the records. */

/** `source`: read from the project's folders by a start; gone when they no longer have it. `deploy`: stays until a deploy deletes it. */
export type FileOrigin = 'source' | 'deploy';

export interface KeptFile extends MetadataFile {
    readonly origin: FileOrigin;
    /** ISO 8601, UTC. */
    readonly modifiedAt: string;
    /** User id; empty for a start. */
    readonly modifiedBy: string;
}

/** In the order of their paths. */
export function keptFiles(db: DatabaseSync): readonly KeptFile[] {
    return rows(
        db,
        'SELECT path, shown, content, first_line, origin, modified_at, modified_by FROM local_metadata ORDER BY path',
    ).map((row) => ({
        path: String(row[0]),
        shown: String(row[1]),
        content: String(row[2]),
        firstLine: Number(row[3]),
        origin: row[4] === 'source' ? 'source' : 'deploy',
        modifiedAt: String(row[5]),
        modifiedBy: String(row[6]),
    }));
}

/** Keeps exactly these files in place of those before; one that is as it was keeps its origin. Returns the paths that are new, changed or gone. */
export function keepFiles(
    db: DatabaseSync,
    before: ReadonlyMap<string, MetadataFile>,
    files: readonly MetadataFile[],
    mark: { readonly origin: FileOrigin; readonly at: string; readonly by: string },
): ReadonlySet<string> {
    const changed = new Set<string>();
    const paths = new Set(files.map((file) => file.path));
    for (const path of before.keys()) {
        if (!paths.has(path)) {
            run(db, 'DELETE FROM local_metadata WHERE path = ?', path);
            changed.add(path);
        }
    }
    for (const { path, shown, content, firstLine } of files) {
        const old = before.get(path);
        if (old?.content !== content || old.shown !== shown || old.firstLine !== firstLine) {
            const values = [path, shown, content, firstLine, mark.origin, mark.at, mark.by];
            run(db, 'INSERT OR REPLACE INTO local_metadata VALUES (?, ?, ?, ?, ?, ?, ?)', ...values);
            if (old?.content !== content) {
                changed.add(path);
            }
        }
    }
    return changed;
}
