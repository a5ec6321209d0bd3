/** Where rows stand on the page. What was just acted on keeps its place, so that nothing jumps away under the mouse or the keyboard. */

/** A section's name and the place in it. */
export interface Pin {
    readonly section: string;
    readonly index: number;
}

/** The accounts of a section in the order to show them: its own, but those that are pinned where they are pinned. */
export function pinned(
    section: string,
    accounts: readonly string[],
    pins: ReadonlyMap<string, Pin>,
): readonly string[] {
    const shown = accounts.filter((accountId) => !pins.has(accountId));
    const here = [...pins].filter(([, pin]) => pin.section === section);
    here.sort(([, one], [, other]) => one.index - other.index);
    for (const [accountId, { index }] of here) shown.splice(index, 0, accountId);
    return shown;
}
