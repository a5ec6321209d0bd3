import type { MetadataFile } from './files.ts';
import type { Field, ObjectPermission, PermissionSet } from './schema.ts';
import { readXml, type XmlElement } from './xml.ts';

export function readPermissionSet(file: MetadataFile): PermissionSet {
    const xml = readXml(file, 'PermissionSet').only(
        'label description hasActivationRequired license objectPermissions fieldPermissions customMetadataTypeAccesses customPermissions userPermissions tabSettings applicationVisibilities',
    );
    return {
        name: xml.source.fullName,
        label: xml.requiredString('label'),
        objects: xml.all('objectPermissions').map(readObjectPermission),
        fields: xml.all('fieldPermissions').map((element) => {
            element.only('field readable editable');
            return {
                field: element.requiredString('field'),
                readable: element.flag('readable'),
                editable: element.flag('editable'),
            };
        }),
        metadataTypes: enabled(xml, 'customMetadataTypeAccesses'),
        customPermissions: enabled(xml, 'customPermissions'),
        userPermissions: enabled(xml, 'userPermissions'),
        tabs: xml.all('tabSettings').map((element) => {
            element.only('tab visibility');
            const visibility = element.oneOf('visibility', ['Visible', 'Available', 'None']);
            return { tab: element.requiredString('tab'), visible: visibility !== 'None' };
        }),
        applications: xml
            .all('applicationVisibilities')
            .filter((element) => element.only('application default visible').flag('visible'))
            .map((element) => element.requiredString('application')),
    };
}

function enabled(xml: XmlElement, name: string): readonly string[] {
    return xml
        .all(name)
        .filter((element) => element.only('enabled name').flag('enabled'))
        .map((element) => element.requiredString('name'));
}

function readObjectPermission(xml: XmlElement): ObjectPermission {
    xml.only('object allowRead allowCreate allowEdit allowDelete viewAllRecords modifyAllRecords viewAllFields');
    const object = xml.requiredString('object');
    if (xml.flag('viewAllFields')) {
        throw xml.error(`<viewAllFields> of ${object}: the local org does not support it; list the fields.`);
    }
    return {
        object,
        read: xml.flag('allowRead'),
        create: xml.flag('allowCreate'),
        edit: xml.flag('allowEdit'),
        delete: xml.flag('allowDelete'),
        viewAll: xml.flag('viewAllRecords'),
        modifyAll: xml.flag('modifyAllRecords'),
    };
}

/** Field-level security does not reach these: whoever reads the object reads them. */
export function alwaysVisible(field: Field): boolean {
    return (
        field.required ||
        field.kind === 'MasterDetail' ||
        field.kind === 'Id' ||
        field.name === 'Name' ||
        (!field.custom && field.readOnly)
    );
}
