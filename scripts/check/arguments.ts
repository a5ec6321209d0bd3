/** Which stages a command line asks for. */
import { parseArgs } from 'node:util';

export type Choice = { readonly stages: readonly string[] } | { readonly help: true } | { readonly problem: string };

/** `--only a,b` and `--skip c` choose among `names`; both may be repeated. The order stays that of `names`. */
export function chooseStages(args: readonly string[], names: readonly string[]): Choice {
    let values;
    try {
        ({ values } = parseArgs({
            args: [...args],
            options: {
                only: { type: 'string', multiple: true },
                skip: { type: 'string', multiple: true },
                help: { type: 'boolean' },
            },
        }));
    } catch (error) {
        return { problem: error instanceof Error ? error.message : String(error) };
    }
    if (values.help === true) return { help: true };
    const only = split(values.only);
    const skip = split(values.skip);
    const unknown = [...only, ...skip].filter((name) => !names.includes(name));
    if (unknown.length > 0) {
        return { problem: `There is no stage ${unknown.join(', ')}. The stages are ${names.join(', ')}.` };
    }
    const stages = names.filter((name) => (only.length === 0 || only.includes(name)) && !skip.includes(name));
    return stages.length > 0 ? { stages } : { problem: 'No stage is left to run.' };
}

function split(values: readonly string[] | undefined): string[] {
    return (values ?? []).flatMap((value) => value.split(',')).filter((name) => name !== '');
}
