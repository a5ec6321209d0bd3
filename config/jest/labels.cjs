// Custom labels resolve to the real English text, so that tests assert on the words a person reads.
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { XMLParser } = require('fast-xml-parser');

const file = join(__dirname, '../../force-app/main/default/labels/CustomLabels.labels-meta.xml');
if (existsSync(file)) {
    const parser = new XMLParser({ isArray: (name) => name === 'labels', parseTagValue: false, trimValues: false });
    const labels = parser.parse(readFileSync(file, 'utf8')).CustomLabels.labels ?? [];
    for (const { fullName, value } of labels) {
        jest.mock(`@salesforce/label/c.${fullName}`, () => ({ __esModule: true, default: value }), { virtual: true });
    }
}
