/**
 * Finds a Chromium to drive, or brings one: where no browser is installed, the npm package `@sparticuz/chromium` carries a headless build together with
 * the shared libraries (NSS and friends) and fonts that a bare machine lacks. It is unpacked once, into the project's cache.
 */
import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..');
const INSTALLED = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** No sandbox: continuous integration runs as root. The rest keeps the browser from talking to anybody. */
const FLAGS = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
    '--disable-sync',
    '--disable-component-update',
];

export interface ChromiumBinary {
    readonly executablePath: string;
    /** Set for the unpacked one, which needs its own libraries. */
    readonly env: Readonly<Record<string, string>>;
    readonly source: 'CHROMIUM_PATH' | 'installed' | 'npm';
}

/** The browser named by CHROMIUM_PATH, else an installed one, else the one from npm. Throws with what to do when there is none. */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<ChromiumBinary> {
    const named = env['CHROMIUM_PATH'];
    if (named) {
        if (!(await isExecutable(named))) {
            throw new Error(
                `CHROMIUM_PATH is ${named}, which is not a file that can be run. Correct it, or unset it to use an installed or the packaged browser.`,
            );
        }
        return { executablePath: named, env: {}, source: 'CHROMIUM_PATH' };
    }
    for (const executablePath of INSTALLED) {
        if (await isExecutable(executablePath)) return { executablePath, env: {}, source: 'installed' };
    }
    return unpackFromNpm(env);
}

export async function launchChromium(): Promise<Browser> {
    const binary = await findChromium();
    try {
        return await chromium.launch({
            executablePath: binary.executablePath,
            args: FLAGS,
            env: { ...definedOnly(process.env), ...binary.env },
        });
    } catch (error) {
        throw new Error(
            `Chromium (${binary.executablePath}, ${binary.source}) does not start. Set CHROMIUM_PATH to a Chromium or Chrome that runs on this machine.`,
            { cause: error },
        );
    }
}

async function unpackFromNpm(env: NodeJS.ProcessEnv): Promise<ChromiumBinary> {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
        throw new Error(
            `No Chromium found, and the packaged one runs on Linux x64 only (this is ${process.platform} ${process.arch}). Install Chromium or Chrome, or set CHROMIUM_PATH.`,
        );
    }
    const packageRoot = path.dirname(path.dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
    const { version } = JSON.parse(await readFile(path.join(packageRoot, 'package.json'), 'utf8')) as {
        version: string;
    };
    const home = path.join(PROJECT_ROOT, '.cache', `chromium-${version}`);
    if (!(await isExecutable(path.join(home, 'chromium')))) await unpack(path.join(packageRoot, 'bin'), home);
    const libraries = [path.join(home, 'al2023', 'lib'), env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
    const hasFonts = await exists('/etc/fonts/fonts.conf');
    return {
        executablePath: path.join(home, 'chromium'),
        env: { LD_LIBRARY_PATH: libraries, ...(hasFonts ? {} : { FONTCONFIG_PATH: path.join(home, 'fonts') }) },
        source: 'npm',
    };
}

/** The package unpacks into the system's temporary directory; a staging directory in its place keeps a broken-off unpacking from being taken for a browser. */
async function unpack(bin: string, home: string): Promise<void> {
    const staging = `${home}.${process.pid}`;
    await mkdir(staging, { recursive: true });
    const systemTemporary = process.env['TMPDIR'];
    process.env['TMPDIR'] = staging;
    try {
        const { inflate } = await import('@sparticuz/chromium');
        await Promise.all(
            ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((name) => inflate(path.join(bin, name))),
        );
    } finally {
        if (systemTemporary === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = systemTemporary;
    }
    try {
        await rename(staging, home);
    } catch (error) {
        await rm(staging, { recursive: true, force: true });
        if (!(await isExecutable(path.join(home, 'chromium')))) throw error; // else another test run was quicker
    }
}

const isExecutable = (file: string): Promise<boolean> =>
    access(file, constants.X_OK).then(
        () => true,
        () => false,
    );
const exists = (file: string): Promise<boolean> =>
    access(file).then(
        () => true,
        () => false,
    );
const definedOnly = (env: NodeJS.ProcessEnv): Record<string, string> =>
    Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
