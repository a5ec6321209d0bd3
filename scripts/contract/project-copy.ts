/** The project as it is deployed: in a temporary folder, its components built, so that no build output gets into the working tree and variants can be broken freely. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileComponents } from '../build/components.ts';
import { PROJECT_ROOT } from './org.ts';

const PARTS = ['sfdx-project.json', '.forceignore', 'force-app'];

export class ProjectCopy {
    readonly root: string;
    /** Package directories that every org takes: translations need the Translation Workbench. */
    readonly packages: readonly string[];

    private constructor(root: string, packages: readonly string[]) {
        this.root = root;
        this.packages = packages;
    }

    /** Copies the project into a folder and builds it there. */
    static async built(folder: string): Promise<ProjectCopy> {
        copyParts(PROJECT_ROOT, folder);
        const { problems } = await compileComponents({ projectRoot: folder, write: true });
        if (problems.length > 0) {
            throw new Error(`The components do not compile:\n${problems.join('\n')}`);
        }
        return new ProjectCopy(folder, ['force-app/main', 'force-app/account-fields']);
    }

    /** A project with nothing in it but these files, below `force-app/main/default`. */
    static of(folder: string, files: Readonly<Record<string, string>>): ProjectCopy {
        cpSync(join(PROJECT_ROOT, '.forceignore'), join(folder, '.forceignore'));
        const settings = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '67.0' };
        writeFileSync(join(folder, 'sfdx-project.json'), JSON.stringify(settings));
        const copy = new ProjectCopy(folder, ['force-app']);
        Object.entries(files).forEach(([path, content]) => copy.write(`force-app/main/default/${path}`, content));
        return copy;
    }

    /** This copy once more, as it is now. */
    clone(folder: string): ProjectCopy {
        copyParts(this.root, folder);
        return new ProjectCopy(folder, this.packages);
    }

    write(path: string, content: string): void {
        const file = join(this.root, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
    }

    remove(path: string): void {
        rmSync(join(this.root, path));
    }

    /** Replaces a text that the file has and returns the line, from 1, on which it begins. Throws when the file has it not. */
    edit(path: string, from: string, to: string): number {
        const file = join(this.root, path);
        const content = readFileSync(file, 'utf8');
        const index = content.indexOf(from);
        if (index < 0) {
            throw new Error(`${path} does not contain ${JSON.stringify(from)} any more: correct this variant.`);
        }
        writeFileSync(file, content.slice(0, index) + to + content.slice(index + from.length));
        return content.slice(0, index).split('\n').length;
    }
}

function copyParts(from: string, to: string): void {
    mkdirSync(to, { recursive: true });
    for (const part of PARTS) {
        if (existsSync(join(from, part))) {
            cpSync(join(from, part), join(to, part), { recursive: true });
        }
    }
}
