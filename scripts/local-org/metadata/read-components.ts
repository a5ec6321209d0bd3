import type { MetadataFile } from './files.ts';
import type { Component, ComponentProperty } from './schema.ts';
import { readXml, type XmlElement } from './xml.ts';

/** Reads one `lwc/name/name.js-meta.xml`: where a component may be placed and what may be set there. */
export function readComponent(file: MetadataFile): Component {
    const xml = readXml(file, 'LightningComponentBundle').only(
        'apiVersion capabilities description isExplicitImport isExposed masterLabel minApiVersion targets targetConfigs',
    );
    const properties: ComponentProperty[] = [];
    const objects = new Map<string, readonly string[]>();
    for (const config of xml.one('targetConfigs')?.only('targetConfig').all('targetConfig') ?? []) {
        // A configuration may be for several targets at once: targets="lightning__RecordPage,lightning__AppPage".
        for (const target of (config.attribute('targets') ?? '').split(',').map((one) => one.trim())) {
            properties.push(...config.all('property').map((property) => readProperty(property, target)));
            const objectNames = config.one('objects')?.only('object').all('object') ?? [];
            if (objectNames.length > 0) {
                objects.set(
                    target,
                    objectNames.map((one) => one.text),
                );
            }
        }
    }
    return {
        name: xml.source.fullName,
        apiVersion: xml.string('apiVersion'),
        isExposed: xml.flag('isExposed'),
        targets: (xml.one('targets')?.only('target').all('target') ?? []).map((target) => target.text),
        properties,
        objects,
    };
}

function readProperty(xml: XmlElement, target: string): ComponentProperty {
    const name = xml.attribute('name');
    const type = xml.attribute('type');
    if (name === null || type === null) {
        throw xml.error('<property> needs the attributes name and type.');
    }
    return { target, name, type, required: xml.attribute('required') === 'true', default: xml.attribute('default') };
}
