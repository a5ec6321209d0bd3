import { createHash } from 'node:crypto';
import { idOf } from '../store/ids.ts';

/** The id of a report (00O), dashboard (01Z), component (01a) or folder (00l): made from its name, so that links outlive restarts and redeploys. */
export function analyticsId(keyPrefix: '00O' | '01Z' | '01a' | '00l', fullName: string): string {
    const digest = createHash('sha256').update(`${keyPrefix}/${fullName}`).digest();
    return idOf(keyPrefix, digest.readUIntBE(0, 6));
}
