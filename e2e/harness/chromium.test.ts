import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findChromium, launchChromium } from './chromium.ts';

test('a CHROMIUM_PATH that cannot be run is named', async () => {
    await assert.rejects(findChromium({ CHROMIUM_PATH: '/no/such/browser' }), /CHROMIUM_PATH is \/no\/such\/browser/);
});

test('a browser is found or brought, and shows text', async () => {
    const browser = await launchChromium();
    try {
        const page = await browser.newPage();
        await page.setContent('<h1>Größe ✓</h1>');
        assert.equal(await page.locator('h1').textContent(), 'Größe ✓');
    } finally {
        await browser.close();
    }
});
