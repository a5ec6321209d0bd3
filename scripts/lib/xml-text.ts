/** XML as text: whether it is well-formed, and text to go into it. */
import { XMLValidator } from 'fast-xml-parser';

export interface XmlMistake {
    readonly message: string;
    /** From 1. */
    readonly line: number;
    readonly column: number;
}

/** The first mistake of a text that is not well-formed XML; null when it is. */
export function xmlMistake(text: string): XmlMistake | null {
    // The parser alone accepts what is not well-formed, and the validator's successor is a package of its own that does nothing else.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- works, and is kept until the next major version
    const valid = XMLValidator.validate(text);
    return valid === true ? null : { message: valid.err.msg, line: valid.err.line, column: valid.err.col };
}

/** Text for between tags. */
export function escapeXml(text: string): string {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
