import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Three characters that make a case-sensitive 15-character id safe where case is lost: one a group of five, a bit for each capital. */
function checkCharacters(id: string): string {
    return [0, 5, 10]
        .map((start) => {
            let bits = 0;
            for (let offset = 0; offset < 5; offset += 1) {
                if (/[A-Z]/.test(id.charAt(start + offset))) {
                    bits |= 1 << offset;
                }
            }
            return CHECK.charAt(bits);
        })
        .join('');
}

/** The `sequence`-th id of an object with this key prefix: 18 characters. */
export function idOf(keyPrefix: string, sequence: number): string {
    let digits = '';
    for (let rest = sequence; rest > 0; rest = Math.floor(rest / 62)) {
        digits = ALPHABET.charAt(rest % 62) + digits;
    }
    const id = keyPrefix + digits.padStart(12, '0');
    return id + checkCharacters(id);
}

/** The 18-character form of a 15- or 18-character id; null for what is no id. */
export function canonicalId(text: string): string | null {
    if (!/^[0-9A-Za-z]{15}([0-9A-Za-z]{3})?$/.test(text)) {
        return null;
    }
    const short = text.slice(0, 15);
    const long = short + checkCharacters(short);
    return text.length === 15 || text === long ? long : null;
}

/** The id of what is known by its name alone (reports, dashboards): made from the name, so that links outlive restarts and redeploys. */
export function derivedId(keyPrefix: string, name: string): string {
    const digest = createHash('sha256').update(`${keyPrefix}/${name}`).digest();
    return idOf(keyPrefix, digest.readUIntBE(0, 6));
}
