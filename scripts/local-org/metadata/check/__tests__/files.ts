/** Metadata files by their paths in source format. */
export type Files = Readonly<Record<string, string>>;

const NAMESPACES =
    'xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';

/** Line 1 is the declaration, line 2 the root, the content follows. */
export function xml(root: string, ...lines: readonly string[]): string {
    return ['<?xml version="1.0" encoding="UTF-8"?>', `<${root} ${NAMESPACES}>`, ...lines, `</${root}>`].join('\n');
}
