/** A small org for the tests: the shipped triggers' rules, one user, plain steps. */
import type { FieldType } from 'c/formula';
import {
    type AccountContext,
    type AccountSnapshot,
    type Completion,
    type CurrentUser,
    type FieldTypes,
    formatsFor,
    matchTriggers,
    type Phrases,
    type PlaybookVersion,
    prepareRules,
    type PreparedRules,
    type Prompt,
    type Run,
    type Settings,
    type Step,
    type Trigger,
} from '../playbookEngine';

export const NOW = '2026-11-21T10:00:00.000Z';
export const TODAY = '2026-11-21';
export const CLOCK = { now: NOW, timeZone: 'Europe/Berlin' };

export const USER: CurrentUser = {
    id: '005000000000001AAA',
    name: 'Maya Lindqvist',
    firstName: 'Maya',
    email: 'maya@example.com',
    timeZone: 'Europe/Berlin',
};

const field = (type: FieldType['type'], label: string): FieldType => ({ type, label });
export const FIELD_TYPES: FieldTypes = {
    Name: field('Text', 'Account Name'),
    Health_Score__c: field('Number', 'Health Score'),
    Health_Score_On__c: field('Date', 'Health Score On'),
    Usage_Current__c: field('Number', 'Usage'),
    Usage_Previous__c: field('Number', 'Usage Before'),
    Usage_Change__c: field('Percent', 'Usage Change'),
    Usage_On__c: field('Date', 'Usage On'),
    Earlier_Usage_Change__c: field('Percent', 'Earlier Usage Change'),
    Earlier_Usage_On__c: field('Date', 'Earlier Usage On'),
    Renewal_Date__c: field('Date', 'Renewal Date'),
    ARR__c: field('Currency', 'ARR'),
    Segment__c: field('Picklist', 'Segment'),
    Champion__c: field('Id', 'Champion'),
    Champion_Left_On__c: field('Date', 'Champion Left On'),
    Competitor_Named_On__c: field('Date', 'Competitor Named On'),
    Churned_On__c: field('Date', 'Churned On'),
    Notice_Given_On__c: field('Date', 'Notice Given On'),
    CSM__c: field('Id', 'CSM'),
    NPS__c: field('Number', 'NPS'),
    NPS_On__c: field('Date', 'NPS Answer'),
    Last_Review_On__c: field('Date', 'Last Review'),
    Is_Pilot__c: field('Checkbox', 'Pilot'),
    Contract_Ends__c: field('Date', 'Contract Ends'),
    'Champion__r.FirstName': field('Text', 'First Name'),
};

export const SETTINGS: Settings = {
    figures: {
        Health: 'Health_Score__c',
        HealthOn: 'Health_Score_On__c',
        Usage: 'Usage_Current__c',
        UsageBefore: 'Usage_Previous__c',
        UsageChange: 'Usage_Change__c',
        UsageOn: 'Usage_On__c',
        EarlierUsageChange: 'Earlier_Usage_Change__c',
        EarlierUsageOn: 'Earlier_Usage_On__c',
        Renewal: 'Renewal_Date__c',
        ARR: 'ARR__c',
        Segment: 'Segment__c',
        Champion: 'Champion__c',
        ChampionLeftOn: 'Champion_Left_On__c',
        CompetitorNamedOn: 'Competitor_Named_On__c',
        NoticeGivenOn: 'Notice_Given_On__c',
        ChurnedOn: 'Churned_On__c',
        CSM: 'CSM__c',
        NPS: 'NPS__c',
        NPSOn: 'NPS_On__c',
        ReviewedOn: 'Last_Review_On__c',
    },
    workingDays: [1, 2, 3, 4, 5],
    holidays: ['2026-12-25', '2027-01-01'],
    lateStartDays: 3,
    staleAfterDays: 14,
    capacity: 10,
    contactGuardDays: 7,
    maxSnoozeDays: 30,
    nurtureWhen: null,
    practiceWhen: null,
    smallCount: 10,
    hideIndividuals: false,
};

export function trigger(changes: Partial<Trigger> = {}): Trigger {
    return {
        key: 'At_Risk',
        label: 'At Risk',
        kind: 'Playbook',
        playbookKey: 'at-risk',
        active: true,
        priority: 10,
        tier: null,
        enterWhen: '$Figure.Health < 60',
        exitWhen: '$Figure.Health >= 65',
        holdDays: 14,
        cooldownDays: 30,
        expiresAfterDays: null,
        anchor: null,
        explanation: null,
        action: null,
        ...changes,
    };
}

export const AT_RISK = trigger({
    enterWhen: `AND(
        ISBLANK($Figure.ChurnedOn),
        OR(
            $Figure.Health < 60,
            AND(
                $Figure.UsageBefore >= 100,
                $Figure.UsageChange <= -0.3,
                OR(
                    ISBLANK($Figure.EarlierUsageOn),
                    AND($Figure.UsageOn - $Figure.EarlierUsageOn >= 14, $Figure.EarlierUsageChange <= -0.3)
                )
            ),
            $Figure.CompetitorNamedOn >= TODAY() - 90
        )
    )`,
    tier: 'IF(ISBLANK($Figure.Health), "Moderate", IF($Figure.Health < 40, "Critical", IF($Figure.Health < 60, "High", "Moderate")))',
    explanation:
        'IF(AND(ISBLANK($Figure.EarlierUsageOn), $Figure.UsageChange <= -0.3), "The usage drop rests on one reading so far.", "")',
});

export const RENEWAL = trigger({
    key: 'Renewal',
    label: 'Renewal',
    playbookKey: 'renewal',
    priority: 20,
    enterWhen:
        'AND(ISBLANK($Figure.ChurnedOn), $Figure.Renewal >= TODAY(), $Figure.Renewal <= TODAY() + 90, $Figure.ARR >= 25000)',
    exitWhen: '$Figure.Renewal > TODAY() + 90',
    tier: 'IF($Figure.Renewal <= TODAY() + 30, "High", "Moderate")',
    cooldownDays: 120,
    anchor: 'Renewal',
});

export const CHAMPION = trigger({
    key: 'Champion_Change',
    label: 'Champion Change',
    playbookKey: 'champion-change',
    priority: 15,
    enterWhen: 'AND($Figure.ChampionLeftOn <= TODAY(), $Figure.ChampionLeftOn >= TODAY() - 90)',
    exitWhen: 'ISBLANK($Figure.ChampionLeftOn)',
    cooldownDays: 90,
    anchor: 'ChampionLeftOn',
});

export const SMALL_RENEWAL = trigger({
    key: 'Renewal_Small',
    label: 'Renewal, Small Account',
    kind: 'Signal',
    playbookKey: null,
    priority: 60,
    enterWhen: 'AND($Figure.Renewal >= TODAY(), $Figure.Renewal <= TODAY() + 45, $Figure.ARR < 25000)',
    exitWhen: '$Figure.Renewal > TODAY() + 90',
    cooldownDays: 120,
    anchor: 'Renewal',
    action: {
        title: 'Confirm the renewal by e-mail',
        instructions: 'Write to {!Champion__r.FirstName}.',
        customerContact: true,
        dueInWorkingHours: 120,
    },
});

export const TRIGGERS: readonly Trigger[] = [AT_RISK, RENEWAL, CHAMPION, SMALL_RENEWAL];

export function prepared(triggers: readonly Trigger[] = TRIGGERS, settings: Settings = SETTINGS): PreparedRules {
    return prepareRules({ triggers, settings, fieldTypes: FIELD_TYPES });
}

export function account(values: AccountSnapshot['values'] = {}): AccountSnapshot {
    return { id: '001000000000001AAA', values: { Name: 'Nordlicht Logistik', ...values } };
}

export function step(key: string, changes: Partial<Step> = {}): Step {
    return {
        id: `a0S${key}`,
        key,
        position: 1,
        phase: 'Understand',
        title: `Do ${key}`,
        role: null,
        required: true,
        customerContact: false,
        showWhen: null,
        dependsOn: null,
        dueFrom: null,
        dueOffset: null,
        dueUnit: null,
        decision: null,
        noteRequired: false,
        repeatEveryDays: null,
        ...changes,
    };
}

/** Steps in the order given. */
export function version(steps: readonly Step[], changes: Partial<PlaybookVersion> = {}): PlaybookVersion {
    return {
        id: 'a0V1',
        playbookId: 'a0P1',
        playbookKey: 'at-risk',
        playbookName: 'At-Risk Account',
        category: 'Risk',
        status: 'Published',
        number: 1,
        successWhen: null,
        lostWhen: null,
        steps: steps.map((each, index) => ({ ...each, position: index + 1 })),
        ...changes,
    };
}

export function completion(stepKey: string, changes: Partial<Completion> = {}): Completion {
    const occurrence = changes.occurrence ?? 1;
    return {
        id: `a0C-${stepKey}-${occurrence}`,
        key: `001000000000001AAA:at-risk:1:${stepKey}:${occurrence}`,
        stepKey,
        occurrence,
        status: 'Done',
        decision: [],
        skipReason: null,
        note: null,
        dueAt: null,
        completedAt: NOW,
        completedByName: USER.name,
        taskId: null,
        // The step of that name is the one in which the customer is spoken to, wherever a test has one.
        customerContact: stepKey === 'call',
        ...changes,
    };
}

export function run(changes: Partial<Run> = {}): Run {
    return {
        id: 'a0R1',
        episodeKey: '001000000000001AAA:at-risk:1',
        episodeNumber: 1,
        playbookKey: 'at-risk',
        playbookName: 'At-Risk Account',
        versionId: 'a0V1',
        triggerKey: 'At_Risk',
        status: 'Open',
        openedBy: 'First action',
        firstTier: 'High',
        worstTier: 'High',
        currentTier: 'High',
        reason: 'Health is 48 (limit 60).',
        anchorOn: null,
        surfacedAt: NOW,
        closedAt: null,
        snoozedUntil: null,
        snoozeReason: null,
        recoveringSince: null,
        actedAt: null,
        reopenedCount: 0,
        returnedAt: null,
        csmId: null,
        nextStep: null,
        nextDueAt: null,
        outcome: null,
        cause: null,
        healthAtOpening: 48,
        usageAtOpening: 1200,
        arrAtOpening: 50000,
        kind: 'Risk',
        practice: false,
        arrSaved: null,
        arrLost: null,
        kept: null,
        keptOn: null,
        renewalAtCloseOn: null,
        csmMonths: null,
        completions: [],
        ...changes,
    };
}

export function promptFor(playbook: PlaybookVersion, changes: Partial<Prompt> = {}): Prompt {
    return {
        id: `playbook:${playbook.playbookKey}`,
        kind: 'Playbook',
        title: playbook.playbookName,
        tier: 'High',
        match: null,
        run: null,
        version: playbook,
        trigger: AT_RISK,
        held: null,
        continues: null,
        ...changes,
    };
}

export function context(values: AccountSnapshot['values'] = {}, changes: Partial<AccountContext> = {}): AccountContext {
    return { account: account(values), prepared: prepared(), settings: SETTINGS, clock: CLOCK, user: USER, ...changes };
}

export function matchesOf(values: AccountSnapshot['values'], triggers: readonly Trigger[] = TRIGGERS, clock = CLOCK) {
    return matchTriggers(prepared(triggers), account(values), clock, USER);
}

export const PHRASES: Phrases = {
    usageFell: 'Usage fell {0} (limit {1})',
    usageRose: 'Usage rose {0} (limit {1})',
    healthIs: 'Health is {0} (limit {1})',
    healthAt: 'Health is {0}',
    npsIs: 'NPS is {0} (limit {1})',
    npsAt: 'NPS is {0}',
    renewalAhead: 'Renewal is in {0}, on {2} (limit {1})',
    renewalToday: 'Renewal is today',
    renewalPast: 'Renewal was {0} ago, on {2}',
    championLeft: 'The champion left {0} ago',
    competitorNamed: 'A competitor was named {0} ago (limit {1})',
    noticeGiven: 'Notice was given {0} ago',
    surveyAnswered: 'The survey was answered {0} ago',
    reviewHeld: 'The last business review was {0} ago',
    fieldIs: '{3} is {0} (limit {1})',
    fieldEquals: '{3} is {0}',
    fieldIsNot: '{3} is {0}, not {1}',
    dateAhead: '{3} is in {0}, on {2} (limit {1})',
    dateToday: '{3} is today',
    datePast: '{3} was {0} ago, on {2} (limit {1})',
    blank: 'unknown',
};
export const FORMATS = formatsFor('en-GB', 'EUR', 'Europe/Berlin');

/** A day counted from the tests' today. */
export function day(count: number): string {
    return new Date(Date.parse(`${TODAY}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}
