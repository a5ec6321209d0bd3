/**
 * Decimal arithmetic on doubles. The platform computes in decimals of 39 digits; here every result is the double
 * nearest to the decimal result wherever both operands are short decimals (0.1 + 0.2 is 0.3), and is freed from the
 * noise of binary fractions otherwise (1 / 49 * 49 is 1). So results compare and print as people expect.
 */

const SCALE = 1e6;
/** Two steps between neighbouring doubles, relative to the number: what one or two inexact operations leave behind. */
const NOISE = 4.5e-16;
/** A decimal of more digits than this is most likely the inexact result of a division. */
const SHORT = 14;
/** A double this close to a decimal of so few digits is there by noise, not by chance. */
const SNUG = 13;
const MOST_FACTORS = 300;

export function add(left: number, right: number): number {
    const sum = left + right;
    if (Number.isInteger(left) && Number.isInteger(right)) {
        return sum;
    }
    const scaledLeft = Math.round(left * SCALE);
    const scaledRight = Math.round(right * SCALE);
    if (
        scaledLeft / SCALE === left &&
        scaledRight / SCALE === right &&
        Number.isSafeInteger(scaledLeft + scaledRight)
    ) {
        return (scaledLeft + scaledRight) / SCALE;
    }
    const decimalLeft = shortDecimal(left);
    const decimalRight = shortDecimal(right);
    if (decimalLeft === undefined || decimalRight === undefined) {
        return tidy(sum);
    }
    const [a, b, scale] = aligned(decimalLeft, decimalRight);
    return toNumber({ digits: a + b, scale });
}

export function subtract(left: number, right: number): number {
    return add(left, -right);
}

export function multiply(left: number, right: number): number {
    const product = left * right;
    if (Number.isInteger(left) && Number.isInteger(right)) {
        return product;
    }
    const decimalLeft = shortDecimal(left);
    const decimalRight = shortDecimal(right);
    if (decimalLeft === undefined || decimalRight === undefined) {
        return tidy(product);
    }
    // Tidied too, because a quotient may look short by chance.
    const digits = decimalLeft.digits * decimalRight.digits;
    return tidy(toNumber({ digits, scale: decimalLeft.scale + decimalRight.scale }));
}

/** The caller has made sure that `right` is not 0. */
export function divide(left: number, right: number): number {
    const scaledLeft = Math.round(left * SCALE);
    const scaledRight = Math.round(right * SCALE);
    if (scaledLeft / SCALE === left && scaledRight / SCALE === right) {
        return tidy(scaledLeft / scaledRight);
    }
    return tidy(left / right);
}

/** The remainder with the sign of `left`, as the platform's MOD gives it. The caller has made sure that `right` is not 0. */
export function remainder(left: number, right: number): number {
    if (Number.isInteger(left) && Number.isInteger(right)) {
        return left % right;
    }
    const [a, b, scale] = aligned(decimal(left), decimal(right));
    return toNumber({ digits: a % b, scale });
}

/**
 * `base` to a whole `exponent`; undefined where the platform refuses: exponents that are not whole, results beyond
 * 1e64. Results below 1e-39 are 0.
 */
export function power(base: number, exponent: number): number | undefined {
    if (!Number.isInteger(exponent) || Math.log10(Math.abs(base)) * exponent > 64) {
        return undefined;
    }
    const result = exactPower(base, exponent) ?? tidy(base ** exponent);
    return Math.abs(result) < 1e-39 ? 0 : result;
}

/** By whole-number arithmetic, for powers of decimals that keep to a few thousand digits; else undefined. */
function exactPower(base: number, exponent: number): number | undefined {
    const short = Number.isInteger(base) ? undefined : shortDecimal(base);
    if (short === undefined || exponent < 0 || exponent > MOST_FACTORS) {
        return undefined;
    }
    return toNumber({ digits: short.digits ** BigInt(exponent), scale: short.scale * exponent });
}

/** Half away from zero at `places` digits after the point; negative places round to tens, hundreds, … */
export function roundTo(value: number, places: number): number {
    const { digits, scale } = decimal(value);
    const drop = scale - Math.trunc(places);
    if (drop <= 0) {
        return value;
    }
    if (drop > 400) {
        return 0;
    }
    const unit = 10n ** BigInt(drop);
    const magnitude = digits < 0n ? -digits : digits;
    const rounded = (magnitude + unit / 2n) / unit;
    return toNumber({ digits: digits < 0n ? -rounded : rounded, scale: scale - drop });
}

/** Towards zero: the platform's FLOOR(-1.4) is -1. */
export function floorOf(value: number): number {
    return Math.trunc(value);
}

/** Away from zero: the platform's CEILING(-1.4) is -2. */
export function ceilingOf(value: number): number {
    return value < 0 ? Math.floor(value) : Math.ceil(value);
}

/** The nearest decimal of 13 digits when `value` is no further from it than binary noise; else `value` itself. */
function tidy(value: number): number {
    if (Number.isInteger(value) || !Number.isFinite(value)) {
        return value;
    }
    const rounded = Number(value.toPrecision(SNUG));
    return Math.abs(rounded - value) <= Math.abs(value) * NOISE ? rounded : value;
}

/** Without exponent or needless zeros, as TEXT prints numbers. */
export function plainText(value: number): string {
    const { digits, scale } = decimal(value);
    const sign = digits < 0n ? '-' : '';
    const figures = String(digits < 0n ? -digits : digits);
    if (scale <= 0) {
        return `${sign}${figures}${'0'.repeat(-scale)}`.replace(/^-?0+$/, '0');
    }
    const padded = figures.padStart(scale + 1, '0');
    return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** A decimal: digits × 10^-scale. */
interface Decimal {
    readonly digits: bigint;
    readonly scale: number;
}

/** The decimal that a double prints as. */
function decimal(value: number): Decimal {
    const [mantissa = '0', exponent = '0'] = String(value).split('e');
    const [whole = '0', fraction = ''] = mantissa.split('.');
    return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
}

/** As `decimal`, but undefined for numbers of more than 14 digits. */
function shortDecimal(value: number): Decimal | undefined {
    const text = String(value);
    return text.length <= SHORT + 2 || text.replace(/e.*|[-.]/g, '').replace(/^0+/, '').length <= SHORT
        ? decimal(value)
        : undefined;
}

function aligned(left: Decimal, right: Decimal): [left: bigint, right: bigint, scale: number] {
    const scale = Math.max(left.scale, right.scale);
    return [left.digits * 10n ** BigInt(scale - left.scale), right.digits * 10n ** BigInt(scale - right.scale), scale];
}

/** The double nearest to a decimal. */
function toNumber({ digits, scale }: Decimal): number {
    return Number(`${digits}e${-scale}`);
}
