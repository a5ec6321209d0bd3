/**
 * Between records as the platform's GraphQL gives them and the engine's types: what to read, how to read it, and an action as one
 * mutation. Plain functions; the data components ask the platform.
 */
export type * from './types';
export type { GraphNode, Connection } from './nodes';
export { filterAlong, isFieldPath, nodeValues, selectionOf } from './accountNodes';
export { countOf, flag, nodesOf, number, parent, text } from './nodes';
export * from './fieldLists';
export { readSettings, readTrigger, readVersion } from './configuration';
export { readDetails } from './details';
export { failureOf } from './failures';
export { fieldTypesOf, objectsAlong, valuesOf } from './fields';
export { createdIds, mutationFor, type MutationRequest } from './mutations';
export { applyPlan, readKept, readRunNode } from './runs';
export { resultOf, sendPlan, type MutationAnswer, type Sent } from './saving';
