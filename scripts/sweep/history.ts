/**
 * What a sweep saw of each account: the figures and what matched, one compact file a sweep, for looking back at what a rule would have
 * done. A line of JSON says what the columns are, then follows one an account: `["001…",34,"2026-11-20",…,["At_Risk:High"]]`.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream';
import { pipeline as finished } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { FIGURE_NAMES, TIERS } from 'c/playbookEngine';
import type { AccountSnapshot, FigureName, Match, PreparedRules, Tier } from 'c/playbookEngine';
import type { Value } from 'c/formula';

const header = z.object({
    format: z.literal(1),
    /** `SW-00042` */
    sweep: z.string(),
    orgId: z.string(),
    shard: z.string(),
    /** ISO instant that the rules were evaluated at. */
    at: z.string(),
    timeZone: z.string(),
    /** Whether every account of the part is here, or only those that rules or runs gave a reason to look at. */
    full: z.boolean(),
    figures: z.array(z.string()),
});
export type HistoryHeader = z.infer<typeof header>;

export interface HistoryEntry {
    readonly accountId: string;
    /** Raw values by figure, blank ones left out. */
    readonly figures: Readonly<Partial<Record<FigureName, Exclude<Value, null>>>>;
    readonly matches: readonly { readonly triggerKey: string; readonly tier: Tier }[];
}

/** Characters kept before they go to the compressor: one call an account would cost more than the sweep. */
const PIECE = 1 << 18;

export class HistoryWriter {
    readonly #gzip = createGzip({ level: constants.Z_BEST_SPEED });
    readonly #done: Promise<void>;
    readonly #paths: readonly (string | null)[];
    #piece = '';
    #failure: Error | null = null;

    private constructor(path: string, paths: readonly (string | null)[]) {
        this.#paths = paths;
        this.#done = finished(this.#gzip, createWriteStream(path));
        this.#done.catch((error: unknown) => {
            this.#failure = error instanceof Error ? error : new Error(String(error));
        });
    }

    /** Replaces what an interrupted attempt of the same sweep left. */
    static async open(
        path: string,
        about: Omit<HistoryHeader, 'format' | 'figures'>,
        prepared: PreparedRules,
    ): Promise<HistoryWriter> {
        await mkdir(dirname(path), { recursive: true });
        const figures = FIGURE_NAMES.filter((figure) => prepared.figures[figure].path !== null);
        const writer = new HistoryWriter(
            path,
            figures.map((figure) => prepared.figures[figure].path),
        );
        writer.#piece = `${JSON.stringify({ format: 1, ...about, figures } satisfies HistoryHeader)}\n`;
        return writer;
    }

    add({ id, values }: AccountSnapshot, matches: readonly Match[]): void {
        const figures = this.#paths.map((path) => (path === null ? null : (values[path] ?? null)));
        const found = matches.map(({ tier, trigger }) => `${trigger.key}:${tier}`);
        this.#piece += `${JSON.stringify([id, ...figures, found])}\n`;
    }

    /** Lets the disk keep up; to be called after every batch of accounts. Throws what the disk says. */
    async flush(): Promise<void> {
        if (this.#piece.length >= PIECE) {
            await this.#write();
        }
    }

    async close(): Promise<void> {
        await this.#write();
        this.#gzip.end();
        await this.#done;
    }

    /** Gives up: what is there is no whole history. */
    async abandon(): Promise<void> {
        this.#gzip.destroy();
        await this.#done.catch(() => undefined);
    }

    async #write(): Promise<void> {
        if (this.#failure !== null) {
            throw this.#failure;
        }
        const piece = this.#piece;
        this.#piece = '';
        if (!this.#gzip.write(piece)) {
            // A failure ends the waiting as well.
            await Promise.race([once(this.#gzip, 'drain'), this.#done]);
        }
    }
}

export interface History {
    readonly about: HistoryHeader;
    /** Its accounts, in the order in which the sweep came to them; to be read once. */
    readonly entries: AsyncIterable<HistoryEntry>;
}

/** Opens a history however large it is. Throws, also while its entries are read, when the file is none or not whole. */
export async function openHistory(path: string): Promise<History> {
    const lines = linesOf(path);
    const first = await lines.next();
    const about = header.parse(JSON.parse(first.done === true ? 'null' : first.value));
    return { about, entries: entriesOf(lines, about) };
}

async function* entriesOf(
    lines: AsyncIterable<string>,
    { figures }: HistoryHeader,
): AsyncGenerator<HistoryEntry, void> {
    for await (const line of lines) {
        yield entryOf(line, figures);
    }
}

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** `At_Risk:High` */
const found = z.string().transform((text) => {
    const at = text.lastIndexOf(':');
    return { triggerKey: text.slice(0, at), tier: z.enum(TIERS).parse(text.slice(at + 1)) };
});

function entryOf(line: string, figures: readonly string[]): HistoryEntry {
    const cells = z.array(z.unknown()).parse(JSON.parse(line));
    const held = figures.map((figure, index) => [figure, value.parse(cells[index + 1])] as const);
    return {
        accountId: z.string().parse(cells[0]),
        figures: Object.fromEntries(held.filter(([, one]) => one !== null)),
        matches: z.array(found).parse(cells[figures.length + 1]),
    };
}

async function* linesOf(path: string): AsyncGenerator<string, void> {
    // The error of either stream reaches whoever reads the last one.
    const unzipped = pipeline(createReadStream(path), createGunzip(), () => undefined).setEncoding('utf8');
    let rest = '';
    for await (const piece of unzipped) {
        const lines = (rest + String(piece)).split('\n');
        rest = lines.pop() ?? '';
        yield* lines;
    }
}
