import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type TypeScript from 'typescript';

/** What may stand in an element. */
export type ElementType =
    | { readonly kind: 'string' | 'boolean' | 'number' | 'date' | 'any' }
    | { readonly kind: 'enum'; readonly name: string; readonly values: readonly string[] }
    | { readonly kind: 'complex'; readonly name: string; readonly children: ReadonlyMap<string, ChildElement> };

export interface ChildElement {
    readonly type: ElementType;
    readonly required: boolean;
    readonly repeatable: boolean;
}

/** As it stands in a declaration: a type reference is followed when somebody asks. */
interface Declared {
    readonly bases: readonly string[];
    readonly members: ReadonlyMap<string, TypeScript.PropertySignature>;
    readonly node: TypeScript.TypeNode;
}

/**
 * Where the declarations are wrong for the files of the platform. Compared element by element with the Metadata API's WSDL 67.0 for the kinds of metadata
 * that the local org takes; everything else agrees.
 */
const CORRECTIONS: Readonly<Record<string, ElementType['kind']>> = {
    // In a file they are elements; the API's own type is their text in base 64. What stands in them is read with the component.
    'LightningComponentBundle.targetConfigs': 'any',
    'LightningComponentBundle.ai': 'any',
    // Of the type that its xsi:type says.
    'CustomMetadataValue.value': 'any',
};
const MISSING_VALUES: Readonly<Record<string, readonly string[]>> = {
    FeedLayoutFilterType: ['Custom'],
    QuickActionLabel: ['SummarizeCase'],
};

const require = createRequire(import.meta.url);
let declarations: { readonly ts: typeof TypeScript; readonly byName: ReadonlyMap<string, Declared> } | null = null;
const read = new Map<string, ElementType>();

/** The elements of a Metadata API type by name (`CustomField`); undefined when there is no such type. The first call reads all declarations, a few tenths of a second. */
export function elementType(name: string): ElementType | undefined {
    declarations ??= readDeclarations();
    return declarations.byName.has(name) ? typeNamed(name) : undefined;
}

/** Loaded when the first deploy needs it: the compiler and 19,000 lines of declarations are no part of a start. */
function readDeclarations(): NonNullable<typeof declarations> {
    const ts = require('typescript') as typeof TypeScript;
    const file = require.resolve('@salesforce/types/metadata').replace(/\.js$/, '.d.ts');
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
    const byName = new Map<string, Declared>();
    source.forEachChild((statement) => {
        if (ts.isTypeAliasDeclaration(statement)) {
            byName.set(statement.name.text, declared(ts, statement.type));
        }
    });
    return { ts, byName };
}

function declared(ts: typeof TypeScript, node: TypeScript.TypeNode): Declared {
    const bases: string[] = [];
    const members = new Map<string, TypeScript.PropertySignature>();
    for (const part of ts.isIntersectionTypeNode(node) ? node.types : [node]) {
        if (ts.isTypeReferenceNode(part) && ts.isIdentifier(part.typeName)) {
            bases.push(part.typeName.text);
        }
        for (const member of ts.isTypeLiteralNode(part) ? part.members : []) {
            if (ts.isPropertySignature(member) && ts.isIdentifier(member.name)) {
                members.set(member.name.text, member);
            }
        }
    }
    return { bases, members, node };
}

function typeNamed(name: string): ElementType {
    const known = read.get(name);
    if (known) {
        return known;
    }
    const declaration = declarations?.byName.get(name);
    if (!declaration) {
        return { kind: name === 'Date' ? 'date' : 'any' };
    }
    const children = new Map<string, ChildElement>();
    const isComplex = declaration.bases.length > 0 || declaration.members.size > 0;
    const type: ElementType = isComplex ? { kind: 'complex', name, children } : typeOf(declaration.node, name);
    read.set(name, type); // Before its children: types may contain themselves.
    for (const base of declaration.bases) {
        const inherited = typeNamed(base);
        for (const [child, of] of inherited.kind === 'complex' ? inherited.children : []) {
            children.set(child, of);
        }
    }
    for (const [child, member] of declaration.members) {
        children.set(child, childElement(`${name}.${child}`, member));
    }
    return type;
}

function childElement(place: string, member: TypeScript.PropertySignature): ChildElement {
    const ts = declarations?.ts;
    const repeatable = ts !== undefined && member.type !== undefined && ts.isArrayTypeNode(member.type);
    const corrected = CORRECTIONS[place];
    return {
        type: corrected === 'any' ? { kind: corrected } : typeOf(member.type, ''),
        // The declarations leave the name optional nowhere; a file has it in its path.
        required: !member.questionToken && !repeatable && !place.endsWith('.fullName'),
        repeatable,
    };
}

function typeOf(node: TypeScript.TypeNode | undefined, name: string): ElementType {
    const ts = declarations?.ts;
    if (!ts || !node) {
        return { kind: 'any' };
    }
    if (ts.isArrayTypeNode(node)) {
        return typeOf(node.elementType, name);
    }
    if (ts.isParenthesizedTypeNode(node)) {
        return typeOf(node.type, name);
    }
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
        return typeNamed(node.typeName.text);
    }
    const literals = (ts.isUnionTypeNode(node) ? node.types : [node]).flatMap((one) =>
        ts.isLiteralTypeNode(one) && ts.isStringLiteral(one.literal) ? [one.literal.text] : [],
    );
    if (literals.length > 0) {
        return { kind: 'enum', name, values: [...literals, ...(MISSING_VALUES[name] ?? [])] };
    }
    const keyword: Partial<Record<TypeScript.SyntaxKind, 'string' | 'boolean' | 'number'>> = {
        [ts.SyntaxKind.StringKeyword]: 'string',
        [ts.SyntaxKind.BooleanKeyword]: 'boolean',
        [ts.SyntaxKind.NumberKeyword]: 'number',
    };
    return { kind: keyword[node.kind] ?? 'any' };
}
