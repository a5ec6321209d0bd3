import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How long a link of `sf org open` can wait for its one click. */
const LINK_LIFE_MS = 10 * 60_000;

const stored = z.object({ secret: z.string(), tokens: z.record(z.string(), z.string()) });

/** Access tokens of API clients and the page's signed session cookies; kept in the data directory, so that both survive a restart. */
export class Credentials {
    /** Token by username. */
    readonly tokens: Readonly<Record<string, string>>;
    readonly #secret: string;
    readonly #usernames: ReadonlyMap<string, string>;
    readonly #links = new Map<string, { readonly username: string; readonly until: number }>();

    private constructor(secret: string, tokens: Readonly<Record<string, string>>) {
        this.#secret = secret;
        this.tokens = tokens;
        this.#usernames = new Map(Object.entries(tokens).map(([username, token]) => [token, username]));
    }

    /** Reads or makes the credentials of these users. The file is for its owner's eyes only. */
    static open(dataDir: string, usernames: readonly string[]): Credentials {
        const path = join(dataDir, 'credentials.json');
        const before = existsSync(path) ? stored.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
        const secret = before?.secret ?? randomBytes(32).toString('hex');
        const tokens = Object.fromEntries(
            usernames.map((username) => [username, before?.tokens[username] ?? newToken(username)]),
        );
        mkdirSync(dataDir, { recursive: true, mode: 0o700 });
        writeFileSync(path, JSON.stringify({ secret, tokens }, null, 4), { mode: 0o600 });
        return new Credentials(secret, tokens);
    }

    /** The user behind an access token. */
    userOfToken(token: string): string | null {
        return this.#usernames.get(token) ?? null;
    }

    /** A one-time password for a link that opens the page as this user. */
    linkOf(username: string): string {
        const password = randomBytes(24).toString('base64url');
        this.#links.set(password, { username, until: Date.now() + LINK_LIFE_MS });
        return password;
    }

    /** The user of a link that was not used yet; from now on it is. */
    userOfLink(password: string): string | null {
        const link = this.#links.get(password);
        this.#links.delete(password);
        return link && Date.now() < link.until ? link.username : null;
    }

    /** A cookie value that only this org can have made. */
    cookieOf(username: string): string {
        const name = Buffer.from(username).toString('base64url');
        const nonce = randomBytes(9).toString('base64url');
        return `${name}.${nonce}.${this.#sign(`${name}.${nonce}`)}`;
    }

    userOfCookie(value: string): string | null {
        const [name = '', nonce = '', signature = ''] = value.split('.');
        const expected = Buffer.from(this.#sign(`${name}.${nonce}`));
        const given = Buffer.from(signature);
        if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
            return null;
        }
        return Buffer.from(name, 'base64url').toString();
    }

    #sign(text: string): string {
        return createHmac('sha256', this.#secret).update(text).digest('base64url');
    }
}

/** In the form that the Salesforce CLI accepts: `00D…!` and word characters or dots. */
function newToken(username: string): string {
    const name = username.replace(/@.*$/, '').replace(/\W/g, '');
    return `00D000000000001!AQEAQ.${name}.${randomBytes(20).toString('hex')}`;
}
