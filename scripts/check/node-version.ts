/** What everything here runs on; the project brings its own Node as the npm package `node`. */
const NEEDED = 'Node 24 or later, or 22 from 22.16 on';

/** `node:sqlite` with arrays of columns and `isTransaction`: since 22.16 and 24.0, not in any 23. */
function isNewEnough(version: string): boolean {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major >= 24 || (major === 22 && minor >= 16);
}

/** What to do when the running Node is too old; null when it is fine. `version` as in `process.versions.node`. */
export function nodeProblem(version: string): string | null {
    if (isNewEnough(version)) return null;
    return (
        `This runs on Node ${version}, the tools need ${NEEDED}. The project brings Node 24 with it, but its install ` +
        'script has not run: repeat `npm ci` without --ignore-scripts, then start through npm (`npm test`).'
    );
}
