import type { MetadataProblem } from '../files.ts';
import type { XmlElement } from '../xml.ts';
import { absent, placeOf, repeated, textOf, type Definition, type Project } from './definitions.ts';

/** Apps and tabs: what they open exists and may stand there. */
export function* checkNavigation(project: Project): Iterable<MetadataProblem> {
    for (const app of project.of('CustomApplication')) {
        yield* application(project, app);
    }
    for (const definition of project.of('CustomTab')) {
        yield* tab(project, definition);
    }
}

/** Whether a user can have this tab: of the project, or of a standard object or page. */
export function tabExists({ schema, find }: Project, name: string): boolean {
    const standard = /^standard-(\w+)$/.exec(name)?.[1];
    return standard === undefined
        ? find('CustomTab', name) !== undefined
        : schema.objects.get(standard)?.kind === 'standard' ||
              /^(home|report|Dashboard|Task|Event|File)$/.test(standard);
}

/** Words for a tab that is not there: of the project's own, or one of the platform's that the local org lacks. */
export function absentTab(name: string, words: string): string {
    return name.startsWith('standard-') ? absent(name, words) : words;
}

function* application(project: Project, { root }: Definition): Iterable<MetadataProblem> {
    const tabs = root.all('tabs');
    for (const one of tabs.filter(({ text }) => !tabExists(project, text))) {
        yield one.problem(
            absentTab(one.text, `no CustomTab named ${one.text} found; add the tab or take it out of the app.`),
        );
    }
    for (const one of repeated(tabs, ({ text }) => text)) {
        yield one.problem(`The tab ${one.text} is there twice; keep one.`);
    }
    const landing = textOf(root, 'defaultLandingTab');
    if (landing !== '' && !tabs.some(({ text }) => text === landing)) {
        yield placeOf(root, 'defaultLandingTab').problem(`${landing} is not among the app's <tabs>; add it.`);
    }
    const overrides = root.all('actionOverrides');
    for (const override of overrides) {
        const [object, name] = [textOf(override, 'pageOrSobjectType'), textOf(override, 'content')];
        const page = project.find('FlexiPage', name);
        if (textOf(override, 'type') !== 'Flexipage') {
            continue;
        }
        if (!page) {
            yield placeOf(override, 'content').problem(`no FlexiPage named ${name} found; add the page.`);
        } else if (object === 'standard-home') {
            yield* homePage(override, page);
        } else if (textOf(page.root, 'sobjectType') !== object) {
            yield placeOf(override, 'content').problem(
                `${name} is a page of ${textOf(page.root, 'sobjectType') || 'no object'}, not of ${object}; name one of ${object}.`,
            );
        }
    }
    for (const one of repeated(overrides, (override) =>
        ['actionName', 'pageOrSobjectType', 'formFactor'].map((name) => textOf(override, name)).join(),
    )) {
        yield one.problem('This action is overridden twice for the same object and form factor; keep one.');
    }
}

function* homePage(override: XmlElement, page: Definition): Iterable<MetadataProblem> {
    if (textOf(page.root, 'type') !== 'HomePage') {
        yield placeOf(override, 'content').problem(`${page.fullName} is no HomePage; name one.`);
    }
    if (textOf(override, 'formFactor') !== 'Large') {
        yield placeOf(override, 'formFactor').problem('A home page is for the form factor Large alone; take it out.');
    }
}

function* tab({ schema, find }: Project, { root, fullName }: Definition): Iterable<MetadataProblem> {
    const [component, page] = [textOf(root, 'lwcComponent').replace(/^c:/, ''), textOf(root, 'flexiPage')];
    if (textOf(root, 'customObject') === 'true' && schema.objects.get(fullName)?.kind !== 'custom') {
        yield placeOf(root, 'customObject').problem(
            `The org has no custom object ${fullName}; a tab of an object is called after it.`,
        );
    }
    const found = schema.components.get(component);
    if (component !== '' && !(found?.isExposed && found.targets.includes('lightning__Tab'))) {
        yield placeOf(root, 'lwcComponent').problem(
            found
                ? `${component} isn't available for a tab: its ${component}.js-meta.xml must have <isExposed>true</isExposed> and the target lightning__Tab.`
                : `There is no lwc/${component}; add it or name another.`,
        );
    }
    const shown = find('FlexiPage', page);
    if (page !== '' && (!shown || textOf(shown.root, 'type') !== 'AppPage')) {
        yield placeOf(root, 'flexiPage').problem(
            shown ? `${page} is no AppPage; tabs show AppPages alone.` : `no FlexiPage named ${page} found; add it.`,
        );
    }
}
