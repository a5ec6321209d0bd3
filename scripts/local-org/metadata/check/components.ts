import type { MetadataProblem } from '../files.ts';
import type { Definition, Project } from './definitions.ts';

const TARGETS = [
    'RecordPage',
    'AppPage',
    'HomePage',
    'Tab',
    'RecordAction',
    'UtilityBar',
    'FlowScreen',
    'UrlAddressable',
].map((name) => `lightning__${name}`);
const HOME_PAGE = 'lightning__HomePage';
/** Targets whose configuration offers no properties to an admin. */
const WITHOUT_PROPERTIES = ['lightning__Tab', 'lightning__RecordAction', 'lightning__UrlAddressable'];

/** What the descriptions of Lightning web components offer to pages. What their modules name is looked at when a bundle is deployed. */
export function* checkComponents(project: Project): Iterable<MetadataProblem> {
    for (const bundle of project.of('LightningComponentBundle')) {
        yield* description(project, bundle);
    }
}

function* description({ schema, files }: Project, { root, fullName }: Definition): Iterable<MetadataProblem> {
    const targets = root.all('targets').flatMap((list) => list.all('target'));
    for (const target of targets) {
        if (!TARGETS.includes(target.text)) {
            yield target.problem(`${target.text} is no target that the local org knows: ${TARGETS.join(', ')}.`);
        }
    }
    const module = files.find(({ path }) => path === `lwc/${fullName}/${fullName}.js`);
    for (const config of root.all('targetConfigs').flatMap((list) => list.all('targetConfig'))) {
        const names = (config.attribute('targets') ?? '').split(',').map((name) => name.trim());
        const undeclared = names.find((name) => !targets.some(({ text }) => text === name));
        if (undeclared !== undefined) {
            yield config.problem(`<targetConfig> is for ${undeclared}, which is not among <targets>; add it there.`);
        }
        const factors = config.all('supportedFormFactors').flatMap((list) => list.all('supportedFormFactor'));
        for (const factor of names.includes(HOME_PAGE) ? factors : []) {
            if (factor.attribute('type') !== 'Large') {
                yield factor.problem(
                    `${HOME_PAGE} supports the form factor Large alone; give the other targets a <targetConfig> of their own.`,
                );
            }
        }
        for (const object of config.all('objects').flatMap((list) => list.all('object'))) {
            if (!schema.objects.has(object.text)) {
                yield object.problem(`The org has no object ${object.text}; take it out or add the object.`);
            }
        }
        for (const property of config.all('property')) {
            const bare = names.find((name) => WITHOUT_PROPERTIES.includes(name));
            const name = property.attribute('name') ?? '';
            const isPublic = new RegExp(`@api\\s+(?:(?:get|set)\\s+)?${name}\\b`);
            if (bare !== undefined) {
                yield property.problem(`${bare} takes no properties; move <property> to the <targetConfig> of a page.`);
            } else if (module && /^\w+$/.test(name) && !isPublic.test(module.content)) {
                yield property.problem(
                    `${fullName}.js has no property ${name} with @api; add it or remove <property>.`,
                );
            }
        }
    }
}
