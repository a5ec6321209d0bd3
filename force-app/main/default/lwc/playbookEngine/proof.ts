/** The task that proves a contact: a call to log together with the answer, or one that is logged already. */
import { dayOf } from './days';
import { ActionRefused, type AnswerInput } from './inputs';
import { cut, LENGTHS } from './records';
import { type Completion, type FieldChanges, NEW_TASK_ID, type Proof } from './types';

const TASK_ID = /^00T\w{12}(?:\w{3})?$/;

/** What the completion names as its proof. Throws ActionRefused for what is no task. */
export function proofOf(proof: Proof): string {
    if (proof.kind === 'log') {
        return NEW_TASK_ID;
    }
    if (!TASK_ID.test(proof.taskId)) {
        throw new ActionRefused('proof-unknown', 'Choose a call or task that is logged on this account.');
    }
    return proof.taskId;
}

/** The call as a completed task of the person who made it, on their own day; null: none is to be logged. */
export function callToLog({ account, clock, proof, user }: AnswerInput, completion: Completion): FieldChanges | null {
    if (proof?.kind !== 'log') {
        return null;
    }
    return {
        Subject: cut(proof.subject.trim(), LENGTHS.subject),
        Status: 'Completed',
        TaskSubtype: 'Call',
        ActivityDate: dayOf(clock.now, clock.timeZone),
        WhatId: account.id,
        ...(proof.contactId === null ? {} : { WhoId: proof.contactId }),
        OwnerId: user.id,
        Description: completion.note,
    };
}
