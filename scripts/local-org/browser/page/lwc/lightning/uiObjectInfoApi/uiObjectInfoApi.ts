/** Stand-in for the platform's module. Descriptions do not change while a page is open: each is read once. */
import type { ObjectId, ObjectInfo } from 'lightning/uiObjectInfoApi';
import type { WireResult } from 'lightning/uiRecordApi';
import { apiPath, request } from 'local/connection';
import { frozen } from 'local/frozen';

const answers = new Map<string, Promise<unknown>>();

/** Failures are not kept: the next component that asks tries again. */
function readOnce<T>(path: string): Promise<T> {
    let answer = answers.get(path) as Promise<T> | undefined;
    if (!answer) {
        answer = request<T>('GET', apiPath(path)).then(frozen);
        answers.set(path, answer);
        answer.catch(() => answers.delete(path));
    }
    return answer;
}

/** A wire that turns its config into a path, waits while that is unknown, and emits what the path gives. */
function wireOf<Config extends object, Value>(pathFor: (config: Config) => string | undefined) {
    return class {
        config: Config | undefined;
        connected = false;
        path: string | undefined;
        constructor(readonly emit: (result: WireResult<Value>) => void) {
            emit({});
        }
        update(config: Config): void {
            this.config = config;
            if (this.connected) void this.provide();
        }
        connect(): void {
            this.connected = true;
            void this.provide();
        }
        disconnect(): void {
            this.connected = false;
            this.path = undefined;
        }
        async provide(): Promise<void> {
            const path = this.config && pathFor(this.config);
            if (!path || path === this.path) return;
            this.path = path;
            try {
                const data = await readOnce<Value>(path);
                if (this.path === path) this.emit({ data });
            } catch (error) {
                if (this.path === path) this.emit({ error });
                this.path = undefined;
            }
        }
    };
}

const nameOf = (object: ObjectId | string): string => (typeof object === 'string' ? object : object.objectApiName);

export const getObjectInfo = wireOf<{ objectApiName: ObjectId | string | undefined }, ObjectInfo>(
    ({ objectApiName }) => objectApiName && `/ui-api/object-info/${nameOf(objectApiName)}`,
);

export const getObjectInfos = wireOf<
    { objectApiNames: readonly (ObjectId | string)[] | undefined },
    { results: readonly { statusCode: number; result: ObjectInfo }[] }
>(({ objectApiNames }) =>
    objectApiNames?.length ? `/ui-api/object-info/batch/${objectApiNames.map(nameOf).join(',')}` : undefined,
);
