/** Usage Change as the org's formula field gives it (raw percent: -42 for a fall of 42 %); null without two readings or a base. */
export function usageChange(current: number | null, previous: number | null): number | null {
    return current === null || previous === null || previous === 0 ? null : ((current - previous) / previous) * 100;
}
