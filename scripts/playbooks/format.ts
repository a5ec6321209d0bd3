/** The shape of a playbook file, as its author writes it. The comment at the top of data/playbooks/at-risk.yaml explains each entry. */
import { z } from 'zod';

/** YAML 1.2 reads `yes` as text; authors write it all the same. */
const flag = z
    .union([z.boolean(), z.enum(['yes', 'no'])])
    .transform((value) => value === true || value === 'yes')
    .default(false);
const text = z.string().trim().min(1);
const formula = text.optional();
const sentences = z.array(text).min(1).optional();

const due = z.strictObject({
    from: text,
    offset: z.int(),
    unit: text,
});

const decision = z.strictObject({
    question: text,
    options: z.array(z.preprocess((value) => (typeof value === 'number' ? String(value) : value), text)).min(2),
    max: z.int().min(1).default(1),
});

const resource = z.strictObject({
    key: text,
    type: text,
    title: text,
    subject: text.optional(),
    body: text.optional(),
    url: text.optional(),
});

const step = z.strictObject({
    key: text,
    title: text,
    phase: text,
    role: text.optional(),
    required: flag,
    customer_contact: flag,
    depends_on: text.optional(),
    show_when: formula,
    due: due.optional(),
    decision: decision.optional(),
    note_required: flag,
    repeat_every_days: z.int().min(1).optional(),
    instructions: text,
    key_questions: sentences,
    pitfall: text.optional(),
    resources: z.array(resource).min(1).optional(),
});

export const playbookSchema = z.strictObject({
    key: text,
    name: text,
    version: z.int().min(1),
    category: text,
    summary: text,
    when_to_use: text,
    success_when: formula,
    lost_when: formula,
    success_criteria: sentences,
    pitfalls: sentences,
    change_note: text.optional(),
    steps: z.array(step).min(1),
    /** Resources of the playbook as a whole. */
    resources: z.array(resource).min(1).optional(),
});

export type PlaybookContent = z.output<typeof playbookSchema>;
export type StepContent = PlaybookContent['steps'][number];
export type ResourceContent = z.output<typeof resource>;
