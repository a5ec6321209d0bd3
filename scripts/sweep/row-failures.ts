/** What a refused row of a job means for the sweep. */

/**
 * `again`: it may succeed in a while. `taken`: a record with its unique key exists. `look`: whether somebody was first, or the record is
 * gone, shows in the records. `failed`: it will not succeed by itself.
 */
export type RefusalKind = 'again' | 'taken' | 'look' | 'failed';

const AGAIN =
    /UNABLE_TO_LOCK_ROW|SERVER_UNAVAILABLE|REQUEST_RUNNING_TOO_LONG|QUERY_TIMEOUT|UNKNOWN_EXCEPTION|PROCESSING_HALTED|unable to obtain exclusive access/i;
const TAKEN = /^(DUPLICATE_VALUE|DUPLICATE_EXTERNAL_ID)\b/;
/** A rule that guards against overtaking, or a reference to what may have been deleted or merged. */
const LOOK =
    /^(FIELD_CUSTOM_VALIDATION_EXCEPTION|ENTITY_IS_DELETED|INVALID_CROSS_REFERENCE_KEY|INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY|INSUFFICIENT_ACCESS_OR_READONLY|INVALID_ID_FIELD|MALFORMED_ID|NOT_FOUND)\b/;

/** `error` as the platform writes it: `CODE:message:Field,Field --`. */
export function refusalKind(error: string): RefusalKind {
    if (AGAIN.test(error)) {
        return 'again';
    }
    if (TAKEN.test(error)) {
        return 'taken';
    }
    return LOOK.test(error) ? 'look' : 'failed';
}
