import { childrenOf, valueOf } from '../xml.ts';
import type { Finding, Project } from '../project.ts';

const placeholders = (text: string): string =>
    [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join(' ') || 'no placeholder';

/** Every translation has every custom label, with the placeholders of the original, and none that is gone. */
export function translations(project: Project): Finding[] {
    const labels = new Map(
        project
            .metadata('labels')
            .flatMap((file) => childrenOf(file.root, 'labels'))
            .map((label) => [valueOf(label, 'fullName') ?? '', valueOf(label, 'value') ?? '']),
    );
    return project.metadata('translation').flatMap((file) => {
        const say = (what: string, todo: string): Finding => ({ file: file.path, what, todo });
        const texts = new Map(
            childrenOf(file.root, 'customLabels').map((one) => [
                valueOf(one, 'name') ?? '',
                valueOf(one, 'label') ?? '',
            ]),
        );
        return [
            ...[...labels.keys()]
                .filter((name) => !texts.has(name))
                .map((name) => say(`lacks ${name}`, 'translate it')),
            ...[...texts].flatMap(([name, text]) => {
                const original = labels.get(name);
                if (original === undefined) return [say(`has ${name}, which is no custom label`, 'remove it')];
                return placeholders(text) === placeholders(original)
                    ? []
                    : [say(`${name} has ${placeholders(text)}`, `use ${placeholders(original)}, as the label does`)];
            }),
        ];
    });
}
