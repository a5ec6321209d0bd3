/** Sources of the `@salesforce/…` modules: labels from the project's metadata at build time, the rest from the signed-in user's session at run time. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { closest } from 'fastest-levenshtein';
import { BASE_COMPONENTS } from './lwc-plugin.ts';

export const LABEL_FILES = 'force-app/**/labels/*.labels-meta.xml';
export const TRANSLATION_FILES = 'force-app/**/translations/*.translation-meta.xml';

/** Custom labels of the project by name. Throws for a name that is given twice. */
export function readLabels(projectRoot: string): ReadonlyMap<string, string> {
    const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'labels' });
    const labels = new Map<string, string>();
    for (const file of globSync(LABEL_FILES, { cwd: projectRoot }).sort()) {
        const { CustomLabels } = parser.parse(readFileSync(path.join(projectRoot, file), 'utf8')) as {
            CustomLabels?: { labels?: { fullName: string; value: string }[] };
        };
        for (const { fullName, value } of CustomLabels?.labels ?? []) {
            if (labels.has(fullName)) throw new Error(`${file}: the label ${fullName} is given twice. Remove one.`);
            labels.set(fullName, value);
        }
    }
    return labels;
}

/** Custom labels by language (`de`) and name. */
export function readTranslations(sourceRoot: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
    const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'customLabels' });
    const languages = new Map<string, ReadonlyMap<string, string>>();
    for (const file of globSync(TRANSLATION_FILES, { cwd: sourceRoot }).sort()) {
        const { Translations } = parser.parse(readFileSync(path.join(sourceRoot, file), 'utf8')) as {
            Translations?: { customLabels?: { name: string; label: string }[] };
        };
        const language = path.basename(file).replace(/\..*$/, '');
        languages.set(language, new Map((Translations?.customLabels ?? []).map(({ name, label }) => [name, label])));
    }
    return languages;
}

/** Formats and names that follow from the user's locale; see `page/lwc/local/session`. */
const FROM_LOCALE = new Set([
    'locale',
    'lang',
    'dir',
    'currency',
    'timeZone',
    'firstDayOfWeek',
    'number.decimalSeparator',
    'number.groupingSeparator',
    'number.currencySymbol',
    ...['Date', 'DateTime', 'Time'].flatMap((what) =>
        ['short', 'medium', 'long'].map((length) => `dateTime.${length}${what}Format`),
    ),
]);

/** Returns the source of a `@salesforce/…` module; throws, naming the module and what to do, for one that the local org cannot give. */
export function platformModules(
    projectRoot: string,
    labels: ReadonlyMap<string, string>,
    translations: ReturnType<typeof readTranslations> = new Map(),
): (id: string) => string {
    const constant = (value: unknown): string => `export default ${JSON.stringify(value)};`;
    const fromSession = (expression: string): string =>
        `import { session, localeFacts } from 'local/session';\nexport default ${expression};`;

    return (id) => {
        const [, kind, ...rest] = id.split('/');
        const name = rest.join('/');
        switch (kind) {
            case 'label': {
                const label = labels.get(name.replace(/^c\./, ''));
                if (!name.startsWith('c.') || label === undefined) throw new Error(missingLabel(id, name, labels));
                const translated = [...translations].flatMap(([language, texts]) => {
                    const text = texts.get(name.replace(/^c\./, ''));
                    return text === undefined ? [] : [[language, text] as const];
                });
                return translated.length === 0
                    ? constant(label)
                    : fromSession(
                          `${JSON.stringify(Object.fromEntries(translated))}[session().user.language] ?? ${JSON.stringify(label)}`,
                      );
            }
            case 'schema': {
                const [objectApiName, ...field] = name.split('.');
                return constant(field.length ? { fieldApiName: field.join('.'), objectApiName } : { objectApiName });
            }
            case 'user':
                if (name === 'Id') return fromSession('session().user.id');
                if (name === 'isGuest') return constant(false);
                break;
            case 'customPermission':
                return fromSession(
                    `session().user.customPermissions.includes(${JSON.stringify(name)}) ? true : undefined`,
                );
            case 'client':
                if (name === 'formFactor') return fromSession('localeFacts().formFactor');
                break;
            case 'i18n': {
                if (FROM_LOCALE.has(name)) return fromSession(`localeFacts()[${JSON.stringify(name)}]`);
                const shipped = path.join(projectRoot, BASE_COMPONENTS, 'scopedImports', `@salesforce-i18n-${name}.js`);
                if (existsSync(shipped)) return readFileSync(shipped, 'utf8');
                break;
            }
        }
        throw new Error(
            `The local org has no module ${id}. Do without it, or add it to ${path.basename(import.meta.filename)}.`,
        );
    };
}

function missingLabel(id: string, name: string, labels: ReadonlyMap<string, string>): string {
    const known = [...labels.keys()];
    const nearest = known.length ? closest(name.replace(/^c\./, ''), known) : undefined;
    return `There is no custom label for ${id}${nearest ? `; did you mean c.${nearest}?` : '.'} Labels are in ${LABEL_FILES}.`;
}
