/** The checklist in front as cards: words for dates, answers and texts with the account's data merged in. */
import {
    figureValue,
    mergeTemplate,
    templateFieldPaths,
    type Checklist,
    type MergeSegment,
    type Prompt,
    type StepView,
} from 'c/playbookEngine';
import type { Resource, TaskData, VersionDetails } from 'c/playbookData';
import type { RecordedSteps } from 'c/playbookPastData';
import type { PhaseCard } from 'c/playbookChecklist';
import type { ProofView } from 'c/playbookProof';
import type { ResourceCard, Segment } from 'c/playbookResource';
import type { StepCard } from 'c/playbookStep';
import { FORMATS, dayOf, fill, formatDayOfYear, formatShortDay } from 'c/playbookFormat';
import { answerWords, remarkCards } from 'c/playbookWords';
import type { Model } from './model';
import csm from '@salesforce/label/c.Playbook_Role_CSM';
import due from '@salesforce/label/c.Playbook_Due';
import dueToday from '@salesforce/label/c.Playbook_Due_Today';
import nextOn from '@salesforce/label/c.Playbook_Next_On';
import overdue from '@salesforce/label/c.Playbook_Overdue';
import planned from '@salesforce/label/c.Playbook_Planned_For';
import missingHint from '@salesforce/label/c.Playbook_Missing_Hint';
import brokenHint from '@salesforce/label/c.Playbook_Broken_Hint';
import email from '@salesforce/label/c.Playbook_Type_Email';
import script from '@salesforce/label/c.Playbook_Type_Script';
import deck from '@salesforce/label/c.Playbook_Type_Deck';
import calculator from '@salesforce/label/c.Playbook_Type_Calculator';
import link from '@salesforce/label/c.Playbook_Type_Link';
import video from '@salesforce/label/c.Playbook_Type_Video';

const TYPES: Readonly<Record<Resource['type'], { readonly label: string; readonly icon: string }>> = {
    'E-mail': { label: email, icon: 'utility:email' },
    'Call script': { label: script, icon: 'utility:call' },
    Deck: { label: deck, icon: 'utility:slides' },
    Calculator: { label: calculator, icon: 'utility:number_input' },
    Link: { label: link, icon: 'utility:link' },
    Video: { label: video, icon: 'utility:video' },
};

export interface ChecklistState {
    readonly model: Model | null;
    /** Those read last, which may be of another version; null while they are still being read. */
    readonly details: VersionDetails | null;
    /** Null: pages have no tasks here; undefined: they have not been read. */
    readonly tasks: TaskData | null | undefined;
    /** By id of the completion, as far as they were read. */
    readonly recorded: RecordedSteps;
    /** Ids of steps that were opened: only their texts are merged. */
    readonly opened: ReadonlySet<string>;
    /** Id of the step whose answer is on its way, or null. */
    readonly saving: string | null;
    readonly locked: boolean;
}

interface ChecklistInput extends ChecklistState {
    readonly model: Model;
    readonly prompt: Prompt;
    readonly checklist: Checklist;
}

export const stepId = (view: StepView): string => `${view.step.key}:${view.occurrence}`;

/** Account field paths that the texts of a version merge in. */
export function mergePathsIn({ resources, stepTexts }: VersionDetails): readonly string[] {
    const texts = [
        ...Object.values(stepTexts).flatMap((step) => [step.instructions, ...step.keyQuestions]),
        ...resources.flatMap((resource) => [resource.subject, resource.body]),
    ];
    return [...new Set(texts.flatMap((text) => (text ? templateFieldPaths(text) : [])))].sort();
}

/** Whether somebody is reading how to speak to the customer: the call may be logged with the answer. */
export function opensContact({ checklist }: Model, opened: ReadonlySet<string>): boolean {
    const steps = checklist?.phases.flatMap((phase) => phase.steps) ?? [];
    return steps.some((view) => view.step.customerContact && opened.has(stepId(view)));
}

/** Whether somebody looks at a step that was skipped: managers may have written about it. */
export function opensSkipped({ checklist }: Model, opened: ReadonlySet<string>): boolean {
    const steps = checklist?.phases.flatMap((phase) => phase.steps) ?? [];
    return steps.some((view) => view.state === 'skipped' && opened.has(stepId(view)));
}

/** Empty while there is no checklist. */
export function phaseCards(state: ChecklistState): readonly PhaseCard[] {
    const { details, model } = state;
    const { checklist = null, current: prompt = null } = model ?? {};
    if (!model || !prompt || !checklist) return [];
    const isOfVersion = details?.version.id === prompt.version?.id;
    const input: ChecklistInput = { ...state, model, prompt, checklist, details: isOfVersion ? details : null };
    return checklist.phases.map((phase, index) => ({
        // With the prompt, so that nothing typed into one playbook turns up in the next.
        key: `${prompt.id}:${index}:${phase.name}`,
        name: phase.name,
        steps: phase.steps.map((view) => stepCard(view, input)),
    }));
}

function stepCard(view: StepView, input: ChecklistInput): StepCard {
    const { step, completion } = view;
    const id = stepId(view);
    return {
        id,
        stepKey: step.key,
        occurrence: view.occurrence,
        title: step.title,
        role: step.role ?? csm,
        required: step.required,
        state: view.state,
        // By step, not by occurrence: the answer to a repeated step brings its next turn at once.
        saving: input.saving !== null && input.saving.startsWith(`${step.key}:`),
        locked: input.locked,
        startsOpen: input.prompt.kind === 'Signal' && view.state === 'open',
        waiting: view.waiting,
        ...dueWords(view, input.model.context.clock.now),
        answered: completion ? answerWords(completion) : '',
        note: completion?.note ?? '',
        remarks: remarkCards(input.recorded[completion?.id ?? '']?.remarks ?? []),
        question: step.decision?.question ?? '',
        options: step.decision?.options ?? [],
        maxOptions: step.decision?.max ?? 1,
        chosen: view.state === 'open' ? [] : (completion?.decision ?? []),
        noteRequired: step.noteRequired,
        proof: proofView(view, input),
        // Until the server has named it there is nothing to open.
        taskId: completion?.taskId?.startsWith('00T') ? completion.taskId : '',
        history: view.history.map((entry) => [answerWords(entry), entry.note].filter(Boolean).join(' – ')),
        ...textsOf(view, id, input),
    };
}

function dueWords(view: StepView, now: string): Pick<StepCard, 'due' | 'dueTone' | 'dueNote'> {
    const { dueAt, plannedOn } = view;
    const dueNote = plannedOn ? fill(planned, FORMATS.date(plannedOn)) : '';
    if (!dueAt || view.state !== 'open') return { due: '', dueTone: 'plain', dueNote };
    if (view.waiting) return { due: fill(nextOn, formatShortDay(dueAt)), dueTone: 'plain', dueNote };
    if (view.overdue) return { due: fill(overdue, formatShortDay(dueAt)), dueTone: 'overdue', dueNote };
    const text = dayOf(dueAt) === dayOf(now) ? dueToday : fill(due, formatShortDay(dueAt));
    return { due: text, dueTone: 'plain', dueNote };
}

function proofView({ step }: StepView, { model, tasks }: ChecklistInput): ProofView | null {
    if (!step.customerContact || tasks === undefined) return null;
    const { context, data } = model;
    const contacts = (tasks?.contacts ?? []).map(({ id, name }) => ({ label: name, value: id }));
    const champion = figureValue(context.prepared, data.account, 'Champion');
    return {
        // Somebody without the right to log may still have tasks to attach.
        available: tasks !== null && (tasks.canLog || tasks.tasks.length > 0),
        canLog: tasks?.canLog ?? false,
        subject: step.title,
        contactId: contacts.some(({ value }) => value === champion) ? String(champion) : '',
        contacts,
        tasks: (tasks?.tasks ?? []).map(({ id, on, subject }) => ({
            label: [on && formatDayOfYear(on), subject].filter(Boolean).join(': '),
            value: id,
        })),
    };
}

function textsOf(
    view: StepView,
    id: string,
    input: ChecklistInput,
): Pick<StepCard, 'loading' | 'instructions' | 'keyQuestions' | 'pitfall' | 'resources'> {
    const { details, prompt } = input;
    const empty = { instructions: [], keyQuestions: [], pitfall: '', resources: [] };
    if (!input.opened.has(id)) return { loading: false, ...empty };
    if (prompt.kind === 'Signal') {
        const instructions = merge(prompt.trigger?.action?.instructions ?? '', input);
        return { loading: false, ...empty, instructions: segments(instructions, id) };
    }
    if (!details) return { loading: true, ...empty };
    const texts = details.stepTexts[view.step.id];
    return {
        loading: false,
        instructions: segments(merge(texts?.instructions ?? '', input), id),
        keyQuestions: (texts?.keyQuestions ?? []).map((line) => plain(merge(line, input))),
        pitfall: texts?.pitfall ?? '',
        resources: details.resources
            .filter((resource) => resource.stepId === view.step.id)
            .map((resource) => resourceCard(resource, input)),
    };
}

function resourceCard(resource: Resource, input: ChecklistInput): ResourceCard {
    const subject = merge(resource.subject ?? '', input);
    const body = merge(resource.body ?? '', input);
    const { label, icon } = TYPES[resource.type];
    return {
        id: resource.id,
        title: resource.title,
        typeLabel: label,
        iconName: icon,
        email: resource.type === 'E-mail',
        subject: segments(subject, 'subject'),
        body: segments(body, 'body'),
        url: safeUrl(resource.url),
        plainSubject: plain(subject),
        plainBody: plain(body),
        missing: [...new Set([...subject, ...body].flatMap((part) => (part.kind === 'missing' ? part.label : [])))],
    };
}

function merge(text: string, { model, prompt }: ChecklistInput): readonly MergeSegment[] {
    return text ? mergeTemplate(text, { ...model.context, prompt, formats: FORMATS }) : [];
}

function segments(parts: readonly MergeSegment[], prefix: string): readonly Segment[] {
    return parts.map((part, index) => {
        const key = `${prefix}:${index}`;
        switch (part.kind) {
            case 'missing':
                return { key, text: `[${part.label}]`, className: 'missing', hint: fill(missingHint, part.label) };
            case 'broken':
                return { key, text: part.source, className: 'broken', hint: fill(brokenHint, part.message) };
            default:
                return { key, text: part.text, className: part.kind, hint: '' };
        }
    });
}

/** As it is copied: what is missing stays visible in brackets, so that nobody sends a blank. */
const plain = (parts: readonly MergeSegment[]): string =>
    parts
        .map((part) => (part.kind === 'missing' ? `[${part.label}]` : part.kind === 'broken' ? part.source : part.text))
        .join('');

/** Only web addresses become links: anything else (`javascript:`, a data URL) is left as text. */
function safeUrl(url: string | null): string | null {
    if (!url) return null;
    return /^https?:\/\//i.test(url) ? url : null;
}
