import type { ObjectType } from '../metadata/schema.ts';
import type { StoreContext } from './context.ts';
import { run } from './database.ts';

/**
 * What the platform works out for a task that was written: the account it belongs to (that of what it is about, else of whom it is with), and
 * the account's last activity, which a closed task moves forward. A task that is deleted or opened again does not move it back.
 */
export function settleTask(context: StoreContext, object: ObjectType, id: string): void {
    if (object.name !== 'Task') {
        return;
    }
    run(
        context.db,
        `UPDATE "Task" SET "AccountId" = COALESCE("WhatId", (SELECT "AccountId" FROM "Contact" WHERE "Id" = "WhoId")) WHERE "Id" = ?`,
        id,
    );
    run(
        context.db,
        `UPDATE "Account" SET "LastActivityDate" = task."ActivityDate"
         FROM (SELECT "AccountId", "ActivityDate" FROM "Task" WHERE "Id" = ? AND "Status" = 'Completed') task
         WHERE "Account"."Id" = task."AccountId" AND task."ActivityDate" > COALESCE("Account"."LastActivityDate", '')`,
        id,
    );
}
