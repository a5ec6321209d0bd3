/** Names of invented companies; every one ends in "(generated)". */
import type { Chance } from './chance.ts';

const FIRST = [
    ...['Alder', 'Bexley', 'Corvo', 'Dunlin', 'Ember', 'Fjordal', 'Garnet', 'Halcyon', 'Isar', 'Juniper', 'Kestane'],
    ...['Lumen', 'Marlow', 'Nordwind', 'Orchard', 'Pelican', 'Quarry', 'Rosewood', 'Sorrel', 'Tidewater', 'Umbra'],
    ...['Vireo', 'Westmark', 'Yarrow', 'Zephyr'],
];
const SECOND = [
    ...['Logistics', 'Foods', 'Clinics', 'Software', 'Capital', 'Transit', 'Academy', 'Textiles', 'Energy', 'Studios'],
    ...['Instruments', 'Hotels'],
];

export function accountName(chance: Chance, number: number): string {
    const at = (number * 7 + Math.floor(chance('names') * 100)) % (FIRST.length * SECOND.length);
    const first = FIRST[at % FIRST.length] ?? '';
    const second = SECOND[Math.floor(at / FIRST.length)] ?? '';
    const again = Math.floor(((number - 1) * 7) / (FIRST.length * SECOND.length * 7));
    return `${first} ${second}${again === 0 ? '' : ` ${again + 1}`} (generated)`;
}

export function demoName(number: number): string {
    return `Demo ${number} (generated)`;
}
