import type { Value } from 'c/formula';
import {
    type BookAccount,
    buildWorklist,
    type Completion,
    type PlaybookVersion,
    type Run,
    type Settings,
    type Trigger,
    type Worklist,
    type WorklistRow,
} from '../playbookEngine';
import {
    AT_RISK,
    CHAMPION,
    CLOCK,
    completion,
    day,
    NOW,
    prepared,
    RENEWAL,
    run,
    SETTINGS,
    SMALL_RENEWAL,
    step,
    trigger,
    TRIGGERS,
    USER,
    version,
} from './sample';

type Values = Record<string, Value>;

const STEPS = [
    step('check'),
    step('call', { customerContact: true, dueFrom: 'Previous step', dueOffset: 1, dueUnit: 'Business days' }),
];
const VERSIONS = [
    version(STEPS),
    version(STEPS, { id: 'a0V2', playbookKey: 'renewal', playbookName: 'Renewal', category: 'Renewal' }),
    version(STEPS, { id: 'a0V4', playbookKey: 'champion-change', playbookName: 'Champion', category: 'Stakeholders' }),
];
const WEAK = { Health_Score__c: 48 };
const RESCUE = { Health_Score__c: 30 };

let count = 0;
function entry(name: string, values: Values = {}, runs: readonly Run[] = []): BookAccount {
    count += 1;
    const id = `001${String(count).padStart(12, '0')}AAA`;
    return { account: { id, values: { Name: name, ...values } }, name, csmName: null, runs };
}

interface Org {
    readonly triggers?: readonly Trigger[];
    readonly versions?: readonly PlaybookVersion[];
    readonly settings?: Partial<Settings>;
}

function worklist(book: readonly BookAccount[], org: Org = {}): Worklist {
    const settings = { ...SETTINGS, ...org.settings };
    const rules = prepared(org.triggers ?? TRIGGERS, settings);
    return buildWorklist({
        book,
        prepared: rules,
        settings,
        versions: org.versions ?? VERSIONS,
        clock: CLOCK,
        user: USER,
    });
}

const told = (rows: readonly WorklistRow[]): string[] => rows.map(({ account, place }) => `${account.name} ${place}`);
const begun = (answeredOn: number, changes: Partial<Run> = {}, answer: Partial<Completion> = {}): Run =>
    run({
        actedAt: NOW,
        completions: [completion('check', { completedAt: `${day(answeredOn)}T10:00:00.000Z`, ...answer })],
        ...changes,
    });

describe('a row', () => {
    test('is there for each account with a prompt, the most urgent in front of its others', () => {
        const values = { ...WEAK, Champion_Left_On__c: day(-3), Renewal_Date__c: day(60), ARR__c: 90000 };
        const { rows } = worklist([entry('Nord', values), entry('Healthy', { Health_Score__c: 90 })]);
        expect(rows).toMatchObject([
            {
                account: { name: 'Nord' },
                prompt: { id: 'playbook:at-risk' },
                next: { step: { key: 'check' } },
                place: 'today',
                also: [{ id: 'playbook:champion-change' }, { id: 'playbook:renewal' }],
            },
        ]);
        expect(rows[0]?.checklist?.total).toBe(2);
        expect(rows[0]?.rank.tier).toBe(0.5);
    });

    test('shows what asks for something today before what is for later, however urgent that is', () => {
        const later = begun(0, { currentTier: 'Critical' }, { stepKey: 'call' });
        const waits = version([
            step('call', { dueFrom: 'Start', dueOffset: 30, dueUnit: 'Days' }),
            step('sum', { dueFrom: 'Start', dueOffset: 40, dueUnit: 'Days' }),
        ]);
        const versions = [waits, ...VERSIONS.slice(1)];
        // A contact of last week holds nothing back any more.
        const given = {
            ...later,
            completions: later.completions.map((each) => ({ ...each, completedAt: `${day(-9)}T10:00:00.000Z` })),
        };
        const { rows } = worklist([entry('Nord', { ...RESCUE, Champion_Left_On__c: day(-3) }, [given])], { versions });
        expect(rows).toMatchObject([
            { prompt: { id: 'playbook:champion-change' }, place: 'today', also: [{ id: 'playbook:at-risk' }] },
        ]);
    });

    test('of a run whose version cannot be read has no steps, but is there', () => {
        const { rows } = worklist([entry('Nord', {}, [run({ versionId: 'gone' })])]);
        expect(rows).toMatchObject([
            { checklist: null, next: null, place: 'today', prompt: { title: 'At-Risk Account' } },
        ]);
    });

    test('of a signal has its one step', () => {
        const { rows } = worklist([entry('Nord', { Renewal_Date__c: day(20), ARR__c: 900 })]);
        expect(rows).toMatchObject([{ prompt: { kind: 'Signal' }, next: { step: { key: 'signal' } }, place: 'today' }]);
    });
});

describe('its place', () => {
    const place = (values: Values, runs: readonly Run[], versions?: readonly PlaybookVersion[]) =>
        worklist([entry('Nord', values, runs)], versions === undefined ? {} : { versions }).rows[0]?.place;
    const dueIn = (days: number): readonly PlaybookVersion[] => [
        version([step('check'), step('call', { dueFrom: 'Start', dueOffset: days + 10, dueUnit: 'Days' })]),
    ];

    // The tests' today is a Saturday, so the next working day is the Monday two days on.
    test.each([
        ['overdue', -3, 'today'],
        ['due today', 0, 'today'],
        ['due at the end of the next working day', 2, 'today'],
        ['due after that', 3, 'later'],
    ])('of a begun run with a step %s', (_, days, expected) => {
        const given = begun(0, { surfacedAt: `${day(-10)}T10:00:00.000Z` });
        expect(place(WEAK, [given], dueIn(days))).toBe(expected);
    });

    test('of a begun run with a step that has no date is today', () => {
        expect(place(WEAK, [begun(0)], [version([step('check'), step('call')])])).toBe('today');
    });

    test('of what nobody has begun is today, whatever its steps', () => {
        const later = [version([step('call', { dueFrom: 'Start', dueOffset: 40, dueUnit: 'Days' })])];
        expect(place(WEAK, [], later)).toBe('today');
        expect(place(WEAK, [run({ status: 'Waiting' })], later)).toBe('today');
        expect(place(WEAK, [run({ completions: [completion('check', { status: 'Undone' })] })], later)).toBe('today');
    });

    test('of what recovers is later', () => {
        const recovering = run({ recoveringSince: NOW });
        expect(place({ Health_Score__c: 80 }, [recovering])).toBe('later');
        expect(place({ Health_Score__c: 80 }, [{ ...recovering, recoveringSince: null }])).toBe('today');
    });

    test('of what has recovered for its days is today when only a person can say how it ends', () => {
        const triggers = [{ ...AT_RISK, holdDays: 14 }];
        const called = completion('call', { completedAt: `${day(-30)}T10:00:00.000Z`, customerContact: true });
        const after = (days: number, completions: readonly Completion[]): string | undefined => {
            const since = run({ recoveringSince: `${day(-days)}T10:00:00.000Z`, completions });
            const versions = [version(STEPS, { successWhen: '$Figure.Health >= 75' })];
            return worklist([entry('Nord', { Health_Score__c: 70 }, [since])], { triggers, versions }).rows[0]?.place;
        };
        expect(after(14, [called])).toBe('today');
        expect(after(13, [called])).toBe('later');
        expect(after(14, [completion('check')])).toBe('later');
    });

    test('of a run with nothing left to do is today once something speaks for an outcome', () => {
        const all = begun(0, { completions: [completion('check'), completion('call')] });
        const won = [version(STEPS, { successWhen: '$Figure.Health >= 65' })];
        expect(place({ Health_Score__c: 60 }, [all], won)).toBe('later');
        expect(place({ Health_Score__c: 70 }, [all], won)).toBe('today');
    });

    test('of what was put aside is held, until its day', () => {
        expect(place(WEAK, [run({ status: 'Snoozed', snoozedUntil: day(1) })])).toBe('held');
        expect(place(WEAK, [run({ status: 'Snoozed', snoozedUntil: day(0) })])).toBe('today');
    });
});

describe('the order', () => {
    test('is by urgency, in front as many as the setting allows', () => {
        const book = [
            entry('Small', { ...WEAK, ARR__c: 1000 }),
            entry('Large', { ...WEAK, ARR__c: 900000 }),
            entry('Saved soon', { Health_Score__c: 80 }, [run({ recoveringSince: NOW })]),
            entry('Aside', WEAK, [run({ status: 'Snoozed', snoozedUntil: day(4) })]),
            entry('Worst', { ...RESCUE, ARR__c: 10 }),
            entry('Falling', { ...WEAK, ARR__c: 1000, Usage_Change__c: -60 }),
        ];
        expect(told(worklist(book, { settings: { capacity: 2 } }).rows)).toEqual([
            'Worst today',
            'Falling today',
            'Large waiting',
            'Small waiting',
            'Saved soon later',
            'Aside held',
        ]);
        expect(told(worklist(book).rows).filter((row) => row.endsWith('waiting'))).toEqual([]);
        expect(told(worklist(book, { settings: { capacity: 0 } }).rows)[0]).toBe('Worst waiting');
    });

    test('leaves each CSM her own room in the book of a team', () => {
        const of = (CSM__c: string | null) => ({ ...WEAK, CSM__c });
        const [maya, tom] = ['005000000000002AAA', '005000000000003AAA'];
        const book = [of(maya), of(maya), of(tom), of(null), of(null)].map((values, index) =>
            entry(`A${index}`, values),
        );
        expect(told(worklist(book, { settings: { capacity: 1 } }).rows)).toEqual([
            'A0 today',
            'A2 today',
            'A3 today',
            'A1 waiting',
            'A4 waiting',
        ]);
    });

    test('goes by the owner where no field tells the CSM', () => {
        const { CSM: _, ...figures } = SETTINGS.figures;
        const book = ['005000000000002AAA', '005000000000003AAA'].map((OwnerId) =>
            entry(OwnerId, { ...WEAK, OwnerId }),
        );
        const { rows } = worklist(book, { settings: { figures, capacity: 1 } });
        expect(rows.map((row) => row.place)).toEqual(['today', 'today']);
    });

    test('is the same whichever way the book comes, equals by name', () => {
        const book = ['Cis', 'Ada', 'Bea'].map((name) => entry(name, WEAK));
        const rows = told(worklist(book).rows);
        expect(rows).toEqual(['Ada today', 'Bea today', 'Cis today']);
        expect(told(worklist([...book].reverse()).rows)).toEqual(rows);
    });
});

describe('the nurture list', () => {
    const middling = { nurtureWhen: 'AND($Figure.Health >= 60, $Figure.Health < 80)' };
    const book = [
        entry('Zoe', { Health_Score__c: 70 }),
        entry('Ann', { Health_Score__c: 65 }),
        entry('Fine', { Health_Score__c: 90 }),
        entry('Unknown'),
        entry('Old', { Health_Score__c: 70, Health_Score_On__c: day(-30) }),
        entry('Asked', { Health_Score__c: 70, Champion_Left_On__c: day(-3) }),
        entry('Aside', { Health_Score__c: 70 }, [run({ status: 'Snoozed', snoozedUntil: day(4) })]),
    ];

    test('has the accounts without a prompt for which its rule holds, by name', () => {
        expect(worklist(book, { settings: middling }).nurture.map(({ name }) => name)).toEqual(['Ann', 'Zoe']);
    });

    test.each([null, ' '])('is empty without a rule: %j', (nurtureWhen) => {
        const found = worklist(book, { settings: { nurtureWhen } });
        expect(found.nurture).toEqual([]);
        expect(found.problems).toEqual([]);
    });

    test('says what is wrong with its rule, and the list is there all the same', () => {
        const found = worklist(book, { settings: { nurtureWhen: '$Figure.Helth > 60' } });
        expect(found.problems).toMatchObject([
            { where: 'setting', field: 'Nurture When', message: expect.stringContaining('Helth'), position: 0 },
        ]);
        expect(found.rows).toHaveLength(2);
        const dividing = worklist(book, { settings: { nurtureWhen: '1 / ($Figure.Health - 65) > 0' } });
        expect(dividing.problems).toHaveLength(1);
        expect(dividing.nurture.map(({ name }) => name)).toEqual(['Fine', 'Zoe']);
    });
});

describe('rules that do not work', () => {
    test('are told once, however many accounts they fail on, and the others work', () => {
        const broken = trigger({ key: 'Broken', label: 'Broken', enterWhen: 'Nonsense__c > 1' });
        const failing = trigger({ key: 'Failing', label: 'Failing', enterWhen: '1 / $Figure.ARR > 0' });
        const unpublished = trigger({ key: 'Lost', label: 'Lost', playbookKey: 'gone', enterWhen: 'FALSE' });
        const book = [entry('A', { ...WEAK, ARR__c: 0 }), entry('B', { ...WEAK, ARR__c: 0 })];
        const versions = [version([step('check', { showWhen: 'Nonsense__c' })])];
        const { problems, rows } = worklist(book, { triggers: [AT_RISK, broken, failing, unpublished], versions });
        expect(problems.map(({ field, key }) => `${key} ${field}`)).toEqual([
            'Broken Enter When',
            'Lost Playbook Key',
            'Failing Enter When',
            'check Show When',
        ]);
        expect(rows).toHaveLength(2);
    });

    test('of an empty book there is nothing to tell', () => {
        expect(worklist([], { triggers: [AT_RISK, RENEWAL, CHAMPION, SMALL_RENEWAL] })).toEqual({
            rows: [],
            nurture: [],
            problems: [],
        });
    });
});
