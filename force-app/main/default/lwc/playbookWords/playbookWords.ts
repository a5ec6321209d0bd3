/** What several pages say alike: the sentences of reasons, the words for tiers and outcomes, failed reads and writes. Plain values and functions. */
export { OUTCOME_WORDS, PHRASES, TIER_ICONS, TIER_LABELS } from './phrases';
export { isLasting, messageFor, saveMessageFor, type MessageView } from './messages';
export { heldWords } from './heldWords';
export { CAUSES } from './causes';
export { KEPT_STATES } from './keptStates';
export { SKIP_REASONS } from './skipReasons';
export { answerWords, remarkCards } from './answerWords';
