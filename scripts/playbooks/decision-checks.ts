/** Checks of questions and answers: what formulas compare must be an answer that can be given. */
import type { EntryPath } from '../lib/yaml-file.ts';
import type { Report } from './checks.ts';
import type { PlaybookContent, StepContent } from './format.ts';

export function checkDecisions(
    content: PlaybookContent,
    causes: readonly string[],
    maxLength: number,
    report: Report,
): void {
    const options = new Map<string, readonly string[]>();
    content.steps.forEach((step, index) => {
        if (step.decision !== undefined) {
            options.set(step.key, step.decision.options);
            checkOptions(step, step.decision, ['steps', index, 'decision'], causes, maxLength, report);
        }
    });
    const conditions: [EntryPath, string | undefined][] = [
        [['success_when'], content.success_when],
        [['lost_when'], content.lost_when],
        ...content.steps.map((step, index): [EntryPath, string | undefined] => [
            ['steps', index, 'show_when'],
            step.show_when,
        ]),
    ];
    for (const [path, formula] of conditions) {
        for (const compared of comparedAnswers(formula ?? '')) {
            const known = options.get(compared.step);
            if (known !== undefined && !known.includes(compared.answer)) {
                report(
                    path,
                    `“${compared.answer}” is no answer to the step ${compared.step}.`,
                    `Use one of: ${known.join(', ')}.`,
                    compared.position,
                );
            }
        }
    }
}

function checkOptions(
    step: StepContent,
    decision: NonNullable<StepContent['decision']>,
    path: EntryPath,
    causes: readonly string[],
    maxLength: number,
    report: Report,
): void {
    const { options, max } = decision;
    options.forEach((option, index) => {
        if (options.indexOf(option) !== index) {
            report([...path, 'options', index], `The answer “${option}” stands twice.`, 'Take one out.');
        }
        if (/[;\n]/.test(option)) {
            report([...path, 'options', index], `“${option}” holds a semicolon or a line break.`, 'Word it without.');
        }
        if (step.key === 'cause' && !causes.includes(option)) {
            report(
                [...path, 'options', index],
                `“${option}” is not a Cause of a run.`,
                `A step with the key cause offers these: ${causes.join(', ')}.`,
            );
        }
    });
    if (max > options.length) {
        report([...path, 'max'], `${max} of ${options.length} answers cannot be chosen.`, 'Lower max.');
    }
    const longest = [...options].sort((a, b) => b.length - a.length).slice(0, max);
    const length = longest.join(';').length;
    if (length > maxLength) {
        report(
            [...path, 'options'],
            `The longest choice of answers has ${length} characters; there is room for ${maxLength}.`,
            'Word the answers more briefly or lower max.',
        );
    }
}

interface ComparedAnswer {
    readonly step: string;
    readonly answer: string;
    readonly position: number;
}

const COMPARISONS = [
    /\$Decision\.(\w+)\s*(?:=|==|<>|!=)\s*"([^"]*)"/gi,
    /INCLUDES\(\s*\$Decision\.(\w+)\s*,\s*"([^"]*)"/gi,
    /BLANKVALUE\(\s*\$Decision\.(\w+)\s*,\s*"[^"]*"\s*\)\s*(?:=|==|<>|!=)\s*"([^"]*)"/gi,
    /BLANKVALUE\(\s*\$Decision\.(\w+)\s*,\s*"([^"]*)"\s*\)/gi,
];

/** Texts that a formula compares with the answer to a step, in the forms that playbooks use. */
export function comparedAnswers(formula: string): ComparedAnswer[] {
    return COMPARISONS.flatMap((pattern) =>
        [...formula.matchAll(pattern)].map((match) => ({
            step: match[1] ?? '',
            answer: match[2] ?? '',
            position: match.index,
        })),
    ).filter((compared) => compared.answer !== '');
}
