/** What the steps of a playbook bring about in truth: stated in the truth file, and seen by nobody in the org. */

/**
 * How likely a step that is done turns a slide, by step key: at each turn of a repeated one anew. The CSM's touch multiplies it, and so does
 * the cause. The second version of At Risk saves more because it has steps that the first one lacks (see `playbook-versions.ts`).
 */
export const TURNS_A_SLIDE: Readonly<Record<string, number>> = {
    hold_call: 0.18,
    get_decision: 0.16,
    recovery_plan: 0.38,
    weekly_review: 0.24,
    escalate_flat: 0.34,
    sponsor_outreach: 0.05,
    last_offer: 0.1,
};

/**
 * What came before counts: the customer notices what was left out. Multiplies what a step brings about.
 *
 * @param done required steps done, this one among them
 * @param skipped required steps skipped with a reason
 * @param missed required steps that are overdue
 */
export function careFactor({
    done,
    missed,
    skipped,
}: {
    readonly done: number;
    readonly skipped: number;
    readonly missed: number;
}): number {
    return (done / Math.max(1, done + skipped / 3 + missed)) ** 3;
}

/** Slides with these causes are harder, or easier, to turn. */
export const CAUSE_FACTORS: Readonly<Record<string, number>> = {
    'Low adoption': 0.9,
    'Product gap or defect': 0.8,
    'Price or budget': 0.7,
    Competitor: 0.6,
};

/** Causes of real slides, by weight: the first one dominates what is lost. */
export const CAUSE_WEIGHTS = {
    'Low adoption': 40,
    'Product gap or defect': 14,
    'Support experience': 10,
    'Champion or sponsor left': 9,
    'Price or budget': 9,
    Competitor: 6,
    'Business change at the customer': 6,
    'Poor onboarding': 6,
};
export type TrueCause = keyof typeof CAUSE_WEIGHTS;

/**
 * What was turned by steps slides again now and then, weeks after it is fine: the save does not last. More often so where no plan was agreed on.
 * Such a slide is quick, its steps bring about less, and it ends in a loss like any other.
 */
export const SLIDES_AGAIN = {
    withPlan: 0.3,
    withoutPlan: 0.5,
    /** Multiplies what a step brings about. */
    touch: 0.35,
    reasons: [
        'What was agreed on was not kept up.',
        'Those who had agreed on it left.',
        'It helped the people who spoke to us, not the others.',
    ],
} as const;
/** The step by which a plan is agreed on. */
export const PLAN_STEP = 'recovery_plan';

/** A step that many leave out although it matters most: share skipped whatever the CSM's own habit. */
export const OFTEN_SKIPPED = { stepKey: PLAN_STEP, share: 0.3 };
