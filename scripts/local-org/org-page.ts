import { join } from 'node:path';
import type { LocalOrgOptions } from './server.ts';
import type { OrgStore } from './store/store.ts';

/** Which built page the org serves: the project's own, or the one made of what was deployed. */
export class OrgPage {
    #folder: string;
    readonly #options: LocalOrgOptions;
    readonly #store: OrgStore;

    private constructor(options: LocalOrgOptions, store: OrgStore) {
        this.#options = options;
        this.#store = store;
        this.#folder = options.pageDir ?? join(options.projectRoot, '.local-org', 'page');
    }

    static async open(options: LocalOrgOptions, store: OrgStore): Promise<OrgPage> {
        const page = new OrgPage(options, store);
        if (options.buildPage) {
            // Loaded when needed: it brings the compiler.
            const { hasDeployedComponents } = await import('./browser/build-org-page.ts');
            if (options.bare === true || hasDeployedComponents(store.files())) {
                page.#folder = await options.buildPage(store.files());
            }
        }
        return page;
    }

    get folder(): string {
        return this.#folder;
    }

    /** After a deploy that changed these files (`MetadataFile.path`). Throws what the build says; then the page before stays. */
    async follow(changed: readonly string[]): Promise<void> {
        if (this.#options.buildPage) {
            const { isPageSource } = await import('./browser/build-org-page.ts');
            if (changed.some(isPageSource)) {
                this.#folder = await this.#options.buildPage(this.#store.files());
            }
        }
    }
}
