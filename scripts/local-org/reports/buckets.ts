import type { ReportBucket } from './definitions.ts';

/** The label of the bucket that a value falls into; blank where it falls into none, as a blank number does. */
export function bucketSql(bucket: ReportBucket, value: string): string {
    return bucket.kind === 'number' ? ofNumbers(bucket, value) : ofTexts(bucket, value);
}

/** Upper bounds belong to their bucket. */
function ofNumbers(bucket: ReportBucket, value: string): string {
    const number = bucket.blankIsZero ? `IFNULL(${value}, 0)` : value;
    const whens = bucket.values.map(({ label, upTo }) => {
        const condition = upTo === null ? `${number} IS NOT NULL` : `${number} <= ${upTo}`;
        return `WHEN ${condition} THEN ${text(label)}`;
    });
    return `CASE ${whens.join(' ')} END`;
}

/** Case does not count, as in filters. A blank is a value like others: in a bucket that names it, or among the others. */
function ofTexts(bucket: ReportBucket, value: string): string {
    const whens = bucket.values.map(({ label, members }) => {
        const named = members.filter((member) => member !== '').map(text);
        const parts = [
            ...(named.length > 0 ? [`${value} COLLATE NOCASE IN (${named.join(', ')})`] : []),
            ...(members.includes('') ? [`${value} IS NULL`] : []),
        ];
        return `WHEN ${parts.join(' OR ') || '0'} THEN ${text(label)}`;
    });
    return `CASE ${whens.join(' ')} ELSE ${bucket.others === null ? value : text(bucket.others)} END`;
}

function text(value: string): string {
    return `'${value.replaceAll("'", "''")}'`;
}
