import { XMLParser } from 'fast-xml-parser';
import { escapeXml, xmlMistake } from '../../../lib/xml-text.ts';

/** A SOAP request of the Metadata API. */
export interface SoapCall {
    /** `deploy`. */
    readonly operation: string;
    /** By element name without namespace: text, an element's content, or several of them. */
    readonly arguments: SoapContent;
    /** Of the header `SessionHeader`; null without one. */
    readonly sessionId: string | null;
    /** What `<ZipFile>` holds, in base 64. */
    readonly zip: string | null;
}

export type SoapValue = string | SoapContent | readonly SoapValue[];
export interface SoapContent {
    readonly [name: string]: SoapValue | undefined;
}

const parser = new XMLParser({
    removeNSPrefix: true,
    ignoreAttributes: true,
    ignoreDeclaration: true,
    parseTagValue: false,
    trimValues: true,
    maxNestedTags: 20,
});

/** Throws SoapError for what is no SOAP envelope. */
export function readSoapCall(body: string): SoapCall {
    // Millions of characters that need no parser.
    const zip = /<((?:\w+:)?ZipFile)>([^<]*)<\/\1>/.exec(body);
    const text = zip ? body.slice(0, zip.index) + body.slice(zip.index + zip[0].length) : body;
    if (/<!DOCTYPE/i.test(text)) {
        throw badRequest('a SOAP message takes no DOCTYPE');
    }
    const mistake = xmlMistake(text);
    if (mistake) {
        throw badRequest(`${mistake.message}:${mistake.line}:${mistake.column}`);
    }
    let parsed: unknown;
    try {
        parsed = parser.parse(text);
    } catch (error) {
        throw badRequest(error instanceof Error ? error.message : String(error));
    }
    const envelope = contentOf(contentOf(parsed)['Envelope']);
    const operations = Object.entries(contentOf(envelope['Body']));
    const [operation] = operations;
    if (!operation || operations.length > 1) {
        throw badRequest('the Body of a SOAP Envelope holds one operation');
    }
    const sessionId = contentOf(contentOf(envelope['Header'])['SessionHeader'])['sessionId'];
    return {
        operation: operation[0],
        arguments: contentOf(operation[1]),
        sessionId: typeof sessionId === 'string' && sessionId !== '' ? sessionId : null,
        zip: zip?.[2] ?? null,
    };
}

/** A request that is no call of the API: a fault of SOAP itself, without an error code of the platform. */
export class SoapError extends Error {}

function badRequest(reason: string): SoapError {
    return new SoapError(`The request is no SOAP message of the Metadata API: ${reason}`);
}

/** An element's content; none for text and for what is not there. */
export function contentOf(value: unknown): SoapContent {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as SoapContent) : {};
}

/** One or several elements of a name, as a list. */
export function listOf(value: SoapValue | undefined): readonly SoapValue[] {
    return value === undefined ? [] : Array.isArray(value) ? (value as readonly SoapValue[]) : [value];
}

/** The text of an element; empty when it is not there, or is none. */
export function textOf(value: SoapValue | undefined): string {
    return typeof value === 'string' ? value : '';
}

/** XML that is already written. */
export class Xml {
    readonly text: string;
    constructor(text: string) {
        this.text = text;
    }
}

/** What can be written: null and undefined are left out, a list repeats its element. */
export type XmlValue =
    string | number | boolean | null | undefined | Xml | readonly XmlValue[] | { readonly [name: string]: XmlValue };

export function element(name: string, value: XmlValue): string {
    if (value === null || value === undefined) {
        return '';
    }
    if (Array.isArray(value)) {
        return (value as readonly XmlValue[]).map((one) => element(name, one)).join('');
    }
    return `<${name}>${content(value)}</${name}>`;
}

function content(value: Exclude<XmlValue, null | undefined>): string {
    if (value instanceof Xml) {
        return value.text;
    }
    return typeof value === 'object'
        ? Object.entries(value)
              .map(([name, one]) => element(name, one))
              .join('')
        : escaped(String(value));
}

/** Characters that XML cannot hold become spaces. */
function escaped(text: string): string {
    return escapeXml(text).replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ' ');
}

export function envelope(body: string): string {
    return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:sf="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

export function fault(code: string, message: string): string {
    return envelope(element('soapenv:Fault', { faultcode: code, faultstring: message }));
}
