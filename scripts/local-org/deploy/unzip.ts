import { buffer } from 'node:stream/consumers';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';

/** A file of a deploy's zip. */
export interface ZippedFile {
    /** With `/`, as in the zip. */
    readonly path: string;
    readonly content: Buffer;
}

/** A zip that a deploy does not take; the message says what is wrong with it. */
export class ZipError extends Error {}

/** The platform's limits of one deploy. */
const MOST_ENTRIES = 10_000;
export const MOST_ZIPPED_BYTES = 39_000_000;
const MOST_BYTES = 400_000_000;
/** Metadata, XML above all, shrinks to a tenth, very repetitive files to a hundredth; zip bombs reach a thousand. Small files are let be. */
const MOST_RATIO = 200;
const RATIO_MATTERS_FROM_BYTES = 1_000_000;

/**
 * The files of a zip in memory, in its order; directories are left out. Throws ZipError for what is no zip, broken or encrypted, beyond the limits, or whose
 * paths point elsewhere.
 */
export async function unzip(zip: Buffer): Promise<readonly ZippedFile[]> {
    if (zip.length > MOST_ZIPPED_BYTES) {
        throw new ZipError(`Maximum size of request reached. Maximum size of request is ${MOST_ZIPPED_BYTES} bytes.`);
    }
    const archive = await open(zip);
    try {
        return await filesOf(archive);
    } catch (error) {
        if (error instanceof ZipError) {
            throw error;
        }
        throw new ZipError(`The zip file is broken: ${error instanceof Error ? error.message : String(error)}.`);
    } finally {
        archive.close();
    }
}

async function open(zip: Buffer): Promise<ZipFile> {
    try {
        return await fromBufferPromise(zip, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true });
    } catch (error) {
        throw new ZipError(
            `This is no zip file that can be read: ${error instanceof Error ? error.message : String(error)}.`,
        );
    }
}

async function filesOf(archive: ZipFile): Promise<readonly ZippedFile[]> {
    if (archive.entryCount > MOST_ENTRIES) {
        throw new ZipError(`LIMIT_EXCEEDED: Maximum number of files (${MOST_ENTRIES}) exceeded. Deploy in parts.`);
    }
    const files: ZippedFile[] = [];
    const seen = new Map<string, string>();
    let bytes = 0;
    for await (const entry of archive.eachEntry()) {
        if (entry.fileName.endsWith('/')) {
            continue;
        }
        checkEntry(entry);
        const other = seen.get(entry.fileName.toLowerCase());
        if (other !== undefined) {
            throw new ZipError(
                `The zip file has ${entry.fileName} twice (${other}); file names differ by more than case.`,
            );
        }
        seen.set(entry.fileName.toLowerCase(), entry.fileName);
        bytes += entry.uncompressedSize;
        if (bytes > MOST_BYTES) {
            throw new ZipError(`The files of the zip are larger than ${MOST_BYTES} bytes in all. Deploy in parts.`);
        }
        // More than the announced size is an error of yauzl's, so that nothing grows past what was checked.
        files.push({ path: entry.fileName, content: await buffer(await archive.openReadStreamPromise(entry)) });
    }
    return files;
}

function checkEntry(entry: Entry): void {
    const { fileName, uncompressedSize, compressedSize } = entry;
    if (fileName.includes('\0') || fileName === '' || fileName.split('/').some((part) => part === '' || part === '.')) {
        throw new ZipError(`The zip file has an entry whose path is unusable: ${JSON.stringify(fileName)}.`);
    }
    if (entry.isEncrypted()) {
        throw new ZipError(`${fileName} in the zip file is encrypted; deploy it without a password.`);
    }
    if (!entry.canDecodeFileData()) {
        throw new ZipError(`${fileName} in the zip file is compressed in a way that cannot be read; use deflate.`);
    }
    if (uncompressedSize > RATIO_MATTERS_FROM_BYTES && uncompressedSize > compressedSize * MOST_RATIO) {
        throw new ZipError(
            `${fileName} in the zip file unpacks to ${uncompressedSize} bytes out of ${compressedSize}; that is no metadata.`,
        );
    }
}
