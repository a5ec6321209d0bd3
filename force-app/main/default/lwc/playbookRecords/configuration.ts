/** Custom metadata and playbook content, from GraphQL nodes to the engine's words. */
import type { FigureName, PlaybookVersion, Settings, Step, Trigger } from 'c/playbookEngine';
import { choice, choiceOrNull, flag, lines, number, parent, text, type GraphNode } from './nodes';
import { FIGURE_SETTINGS } from './fieldLists';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const DEFAULT_WORKING_DAYS = [1, 2, 3, 4, 5];
const DEFAULT_SIGNAL_HOURS = 40;

export function readSettings(setting: GraphNode, holidays: readonly GraphNode[]): Settings {
    const figures: Partial<Record<FigureName, string>> = {};
    for (const [figure, field] of Object.entries(FIGURE_SETTINGS) as [FigureName, string][]) {
        const path = text(setting, field)?.trim();
        if (path) figures[figure] = path.replace(/^Account\./, '');
    }
    const named = (text(setting, 'Working_Days__c') ?? '')
        .split(/[,;\s]+/)
        .map((day) => WEEKDAYS.findIndex((weekday) => weekday.toLowerCase() === day.slice(0, 3).toLowerCase()))
        .filter((day) => day >= 0);
    return {
        figures,
        workingDays: named.length > 0 ? named : DEFAULT_WORKING_DAYS,
        holidays: holidays.flatMap((holiday) => text(holiday, 'Holiday_On__c') ?? []),
        lateStartDays: number(setting, 'Late_Start_Days__c') ?? 3,
        staleAfterDays: number(setting, 'Stale_After_Days__c') ?? 14,
        // Blank in orgs that were set up before these existed.
        capacity: number(setting, 'Capacity__c') ?? 10,
        contactGuardDays: number(setting, 'Contact_Guard_Days__c') ?? 7,
        maxSnoozeDays: number(setting, 'Max_Snooze_Days__c') ?? 30,
        nurtureWhen: text(setting, 'Nurture_When__c'),
        practiceWhen: text(setting, 'Practice_When__c'),
        smallCount: number(setting, 'Small_Count__c') ?? 10,
        hideIndividuals: flag(setting, 'Hide_Individuals__c'),
    };
}

export function readTrigger(node: GraphNode): Trigger {
    const kind = choice(node, 'Kind__c', ['Playbook', 'Signal']);
    const key = text(node, 'DeveloperName') ?? '';
    const label = text(node, 'MasterLabel') ?? key;
    return {
        key,
        label,
        kind,
        playbookKey: text(node, 'Playbook_Key__c'),
        active: flag(node, 'Active__c'),
        priority: number(node, 'Priority__c') ?? 100,
        tier: text(node, 'Tier__c'),
        enterWhen: text(node, 'Enter_When__c') ?? '',
        exitWhen: text(node, 'Exit_When__c') ?? '',
        holdDays: number(node, 'Hold_Days__c') ?? 0,
        cooldownDays: number(node, 'Cooldown_Days__c') ?? 0,
        expiresAfterDays: number(node, 'Expires_After_Days__c'),
        anchor: choiceOrNull(node, 'Anchor__c', ['Renewal', 'ChampionLeftOn', 'CompetitorNamedOn', 'NoticeGivenOn']),
        explanation: text(node, 'Explanation__c'),
        action:
            kind === 'Playbook'
                ? null
                : {
                      title: text(node, 'Signal_Title__c') ?? label,
                      instructions: text(node, 'Signal_Instructions__c'),
                      customerContact: flag(node, 'Signal_Contact__c'),
                      dueInWorkingHours: number(node, 'Signal_Due_Hours__c') ?? DEFAULT_SIGNAL_HOURS,
                  },
    };
}

export function readStep(node: GraphNode): Step {
    const question = text(node, 'Decision_Question__c');
    return {
        id: text(node, 'Id') ?? '',
        key: text(node, 'Step_Key__c') ?? '',
        position: number(node, 'Position__c') ?? 0,
        phase: text(node, 'Phase__c') ?? '',
        title: text(node, 'Name') ?? '',
        role: text(node, 'Role__c'),
        required: flag(node, 'Required__c'),
        customerContact: flag(node, 'Customer_Contact__c'),
        showWhen: text(node, 'Show_When__c'),
        dependsOn: text(node, 'Depends_On__c'),
        dueFrom: choiceOrNull(node, 'Due_From__c', ['Start', 'Anchor', 'Previous step']),
        dueOffset: number(node, 'Due_Offset__c'),
        dueUnit: choiceOrNull(node, 'Due_Unit__c', ['Working hours', 'Days', 'Business days']),
        decision: question
            ? {
                  question,
                  options: lines(text(node, 'Decision_Options__c')),
                  max: number(node, 'Decision_Max__c') ?? 1,
              }
            : null,
        noteRequired: flag(node, 'Note_Required__c'),
        repeatEveryDays: number(node, 'Repeat_Every_Days__c'),
    };
}

export function readVersion(node: GraphNode, steps: readonly GraphNode[]): PlaybookVersion {
    const id = text(node, 'Id') ?? '';
    const playbook = parent(node, 'Playbook__r') ?? {};
    return {
        id,
        playbookId: text(node, 'Playbook__c') ?? '',
        playbookKey: text(playbook, 'Key__c') ?? '',
        playbookName: text(playbook, 'Name') ?? '',
        category: choiceOrNull(playbook, 'Category__c', ['Risk', 'Renewal', 'Stakeholders', 'Onboarding', 'Growth']),
        status: choice(node, 'Version_Status__c', ['Draft', 'Published', 'Retired']),
        number: number(node, 'Version_Number__c') ?? 0,
        successWhen: text(node, 'Success_When__c'),
        lostWhen: text(node, 'Lost_When__c'),
        steps: steps.filter((step) => text(step, 'Playbook_Version__c') === id).map(readStep),
    };
}
