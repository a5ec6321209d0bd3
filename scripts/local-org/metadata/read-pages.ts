import type { MetadataFile } from './files.ts';
import type { PageComponent, PageRegion } from '../page-contract.ts';
import type { Application, FlexiPage, ObjectType, Tab } from './schema.ts';
import { readXml, type XmlElement } from './xml.ts';

/** The app's home page, as tab and as what an override is of. */
const HOME = 'standard-home';

export function readTab(file: MetadataFile, objects: ReadonlyMap<string, ObjectType>): Tab {
    const xml = readXml(file, 'CustomTab').only(
        'label description motif customObject lwcComponent flexiPage hasSidebar',
    );
    const name = xml.source.fullName;
    const component = xml.string('lwcComponent');
    const page = xml.string('flexiPage');
    if (xml.flag('customObject')) {
        return {
            name,
            label: objects.get(name)?.pluralLabel ?? name,
            target: { kind: 'object', objectApiName: name },
        };
    }
    const label = xml.requiredString('label');
    if (component) {
        return { name, label, target: { kind: 'component', componentName: component } };
    }
    if (page) {
        return { name, label, target: { kind: 'page', pageName: page } };
    }
    throw xml.error(
        'the local org supports tabs of a custom object, an LWC (<lwcComponent>) or a FlexiPage (<flexiPage>).',
    );
}

export function readApplication(file: MetadataFile): Application {
    const xml = readXml(file, 'CustomApplication').only(
        'label description brand formFactors isNavAutoTempTabsDisabled isNavPersonalizationDisabled isNavTabPersistenceDisabled isOmniPinnedViewEnabled navType tabs uiType utilityBar actionOverrides defaultLandingTab setupExperience',
    );
    if (xml.string('utilityBar')) {
        throw xml.error('the local org has no utility bar; remove <utilityBar>.');
    }
    return {
        name: xml.source.fullName,
        label: xml.requiredString('label'),
        tabs: xml.all('tabs').map((tab) => tab.text),
        ...readOverrides(xml),
    };
}

function readOverrides(xml: XmlElement): Pick<Application, 'recordPages' | 'homePage'> {
    const pages = new Map<string, string>();
    let homePage: string | null = null;
    for (const override of xml.all('actionOverrides')) {
        override.only('actionName comment content formFactor skipRecordTypeSelect type pageOrSobjectType');
        const [action, object] = [override.requiredString('actionName'), override.requiredString('pageOrSobjectType')];
        const isHome = action === 'Tab' && object === HOME;
        if ((action !== 'View' && !isHome) || override.requiredString('type') !== 'Flexipage') {
            throw override.error(
                `the local org supports <actionOverrides> of View, and of Tab for ${HOME}, with a FlexiPage.`,
            );
        }
        if (isHome) {
            homePage = override.requiredString('content');
        } else {
            // One page for both form factors: the local org shows the same page, narrower.
            pages.set(object, override.requiredString('content'));
        }
    }
    return { recordPages: [...pages].map(([objectApiName, pageName]) => ({ objectApiName, pageName })), homePage };
}

export function readFlexiPage(file: MetadataFile): FlexiPage {
    const xml = readXml(file, 'FlexiPage').only(
        'flexiPageRegions masterLabel description parentFlexiPage sobjectType template type',
    );
    return {
        name: xml.source.fullName,
        type: xml.oneOf('type', ['RecordPage', 'AppPage', 'HomePage']),
        regions: xml.all('flexiPageRegions').map(readRegion),
    };
}

function readRegion(xml: XmlElement): PageRegion {
    xml.only('itemInstances name type mode');
    return {
        name: xml.requiredString('name'),
        type: xml.oneOf('type', ['Region', 'Facet']),
        components: xml.all('itemInstances').map((item) => {
            const component = item.only('componentInstance').one('componentInstance');
            if (!component) {
                throw item.error('<itemInstances> lacks <componentInstance>.');
            }
            return readComponent(component);
        }),
    };
}

function readComponent(xml: XmlElement): PageComponent {
    xml.only('componentInstanceProperties componentName identifier');
    const properties: Record<string, string | readonly string[]> = {};
    for (const property of xml.all('componentInstanceProperties')) {
        property.only('name value valueList type');
        const list = property.one('valueList');
        properties[property.requiredString('name')] = list
            ? list.all('valueListItems').map((item) => item.requiredString('value'))
            : (property.string('value') ?? '');
    }
    // `c:panel` and `panel` name the same component; the page knows the bare name.
    return {
        componentName: xml.requiredString('componentName').replace(/^c:/, ''),
        identifier: xml.requiredString('identifier'),
        properties,
    };
}
