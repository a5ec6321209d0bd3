import type { MetadataProblem } from '../files.ts';
import type { ComponentProperty, Schema } from '../schema.ts';
import type { XmlElement } from '../xml.ts';
import { absent, placeOf, repeated, textOf, type Definition, type Project } from './definitions.ts';

const TARGET_OF: Readonly<Record<string, string>> = {
    RecordPage: 'lightning__RecordPage',
    AppPage: 'lightning__AppPage',
    HomePage: 'lightning__HomePage',
};

/** Lightning pages: their components, what is set on them, and where they may stand. */
export function* checkPages(project: Project): Iterable<MetadataProblem> {
    for (const page of project.of('FlexiPage')) {
        const { root } = page;
        const object = textOf(root, 'sobjectType');
        const isRecordPage = textOf(root, 'type') === 'RecordPage';
        if (isRecordPage !== (object !== '')) {
            yield placeOf(root, 'sobjectType').problem(
                isRecordPage
                    ? 'A RecordPage needs <sobjectType>; add it.'
                    : `A page of type ${textOf(root, 'type')} takes no <sobjectType>; remove it.`,
            );
        } else if (isRecordPage && !project.schema.objects.has(object)) {
            yield placeOf(root, 'sobjectType').problem(
                absent(object, `The org has no object ${object}; add it or name another.`),
            );
        }
        yield* regions(project.schema, page);
    }
}

function* regions(schema: Schema, { root }: Definition): Iterable<MetadataProblem> {
    const all = root.all('flexiPageRegions');
    for (const region of repeated(all, (one) => textOf(one, 'name'))) {
        yield region.problem(`The region ${textOf(region, 'name')} is there twice; join them.`);
    }
    const facets = all.filter((one) => textOf(one, 'type') === 'Facet').map((one) => textOf(one, 'name'));
    const components = all.flatMap((one) => one.all('itemInstances')).flatMap((one) => one.all('componentInstance'));
    for (const component of repeated(components, (one) => textOf(one, 'identifier'))) {
        yield placeOf(component, 'identifier').problem(
            `The identifier ${textOf(component, 'identifier')} is there twice on the page; each item has its own.`,
        );
    }
    for (const component of components) {
        const name = textOf(component, 'componentName');
        if (/^(c:)?\w+$/.test(name)) {
            yield* ownComponent(schema, component, root);
        } else {
            for (const property of component.all('componentInstanceProperties')) {
                const facet = textOf(property, 'value');
                if (/^Facet-/.test(facet) && !facets.includes(facet)) {
                    yield placeOf(property, 'value').problem(`The page has no facet ${facet}; add the region.`);
                }
            }
        }
    }
}

function* ownComponent(schema: Schema, element: XmlElement, page: XmlElement): Iterable<MetadataProblem> {
    const name = textOf(element, 'componentName').replace(/^c:/, '');
    const component = schema.components.get(name);
    const place = placeOf(element, 'componentName');
    const [type, object] = [textOf(page, 'type'), textOf(page, 'sobjectType')];
    const target = TARGET_OF[type] ?? '';
    if (!component) {
        yield place.problem(
            `We couldn't retrieve the design time component information for component c:${name}: there is no lwc/${name}; add it, or take it off the page.`,
        );
        return;
    }
    if (!component.isExposed || !component.targets.includes(target)) {
        yield place.problem(
            `${name} isn't available for a ${type}: its ${name}.js-meta.xml must have <isExposed>true</isExposed> and the target ${target}.`,
        );
        return;
    }
    const objects = component.objects.get(target) ?? [];
    if (type === 'RecordPage' && objects.length > 0 && !objects.includes(object)) {
        yield place.problem(
            `${name} is for pages of ${objects.join(', ')}, not of ${object}; add <object>${object}</object> to it.`,
        );
    }
    const offered = component.properties.filter((property) => property.target === target);
    const set = element.all('componentInstanceProperties');
    for (const property of set) {
        const found = offered.find((one) => one.name === textOf(property, 'name'));
        const wrong = found
            ? valueProblem(found, textOf(property, 'value'))
            : `The ${textOf(property, 'name')} property doesn't exist on the component ${name} for ${target}; remove it or declare it in ${name}.js-meta.xml.`;
        if (wrong !== null) {
            yield property.problem(wrong);
        }
    }
    for (const { name: needed, required, default: given } of offered) {
        if (required && given === null && !set.some((property) => textOf(property, 'name') === needed)) {
            yield place.problem(`Required property ${needed} is missing for component ${name}; set it.`);
        }
    }
}

function valueProblem({ name, type, required }: ComponentProperty, value: string): string | null {
    if (value === '') {
        return required ? `Required property ${name} has no value; set it.` : null;
    }
    const fits: Readonly<Record<string, RegExp>> = { Integer: /^-?\d+$/, Boolean: /^(true|false)$/ };
    return fits[type]?.test(value) === false
        ? `The value of ${name} is "${value}"; write a value of type ${type}.`
        : null;
}
