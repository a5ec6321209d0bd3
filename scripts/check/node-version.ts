/** The oldest Node that everything here runs on; the project brings its own, newer one as the npm package `node`. */
export const OLDEST_NODE = 22;

/** What to do when the running Node is too old; null when it is fine. `version` as in `process.versions.node`. */
export function nodeProblem(version: string): string | null {
    if (Number.parseInt(version, 10) >= OLDEST_NODE) return null;
    return (
        `This runs on Node ${version}, the tools need ${OLDEST_NODE} or later. The project brings Node 24 with it, but its install ` +
        'script has not run: repeat `npm ci` without --ignore-scripts, then start through npm (`npm test`).'
    );
}
