/** Styles, icons and pictures of the page, copied from the design system's packages under names that change with their content. */
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface DesignSystem {
    /** File names in the assets directory. */
    readonly slds: string;
    readonly page: string;
    readonly icon: string;
}

const SLDS = 'node_modules/@salesforce-ux/design-system-2/dist/css/bundled/slds2.cosmos.css';
const ICONS = 'node_modules/@salesforce-ux/design-system/assets/icons';

export async function copyDesignSystem(projectRoot: string, assetsDir: string): Promise<DesignSystem> {
    for (const kind of ['action', 'custom', 'doctype', 'standard', 'utility']) {
        // The path at which the base components look for a sprite.
        const sprite = `${kind}-sprite/svg/symbols.svg`;
        await mkdir(path.join(assetsDir, 'icons', path.dirname(sprite)), { recursive: true });
        await cp(path.join(projectRoot, ICONS, sprite), path.join(assetsDir, 'icons', sprite));
    }
    const slds = withoutMissingPictures(await readFile(path.join(projectRoot, SLDS), 'utf8'));
    const page = await readFile(path.join(import.meta.dirname, 'page/page.css'), 'utf8');
    const icon = await readFile(path.join(import.meta.dirname, 'page/favicon.svg'), 'utf8');
    return {
        slds: await writeHashed(assetsDir, 'slds2.css', slds),
        page: await writeHashed(assetsDir, 'page.css', page),
        icon: await writeHashed(assetsDir, 'favicon.svg', icon),
    };
}

/** The package's styles name pictures that it does not ship (avatars, Einstein): asking for them would only give 404s. */
const withoutMissingPictures = (css: string): string => css.replaceAll(/url\('\.\.\/\.\.\/public\/[^']*'\)/g, 'none');

async function writeHashed(directory: string, name: string, content: string): Promise<string> {
    const hash = createHash('sha256').update(content).digest('base64url').slice(0, 8);
    const { name: stem, ext } = path.parse(name);
    const file = `${stem}-${hash}${ext}`;
    await writeFile(path.join(directory, file), content);
    return file;
}
