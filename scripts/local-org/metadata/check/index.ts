import type { MetadataFile, MetadataProblem } from '../files.ts';
import type { Schema } from '../schema.ts';
import { checkComponents } from './components.ts';
import { checkDashboards } from './dashboards.ts';
import { projectOf, type Check } from './definitions.ts';
import { checkFields } from './fields.ts';
import { checkFormulas } from './formulas.ts';
import { checkLayouts } from './layouts.ts';
import { checkMetadataRecords } from './metadata-records.ts';
import { checkNames } from './names.ts';
import { checkNavigation } from './navigation.ts';
import { checkObjects } from './objects.ts';
import { checkPages } from './pages.ts';
import { checkPermissionSets } from './permission-sets.ts';
import { checkReportTypes } from './report-types.ts';
import { checkReports } from './reports.ts';
import { checkRollUps } from './roll-ups.ts';

const CHECKS: readonly Check[] = [
    checkNames,
    checkFields,
    checkObjects,
    checkRollUps,
    checkFormulas,
    checkLayouts,
    checkMetadataRecords,
    checkPermissionSets,
    checkComponents,
    checkPages,
    checkNavigation,
    checkReportTypes,
    checkReports,
    checkDashboards,
];

/**
 * What a deploy would refuse in metadata that can be read: references that lead nowhere, wrong attributes, formulas. Elements and enum values are the
 * element check's. Every rule is one that the platform is known to have; the words quote its own where they are known.
 */
export function checkMetadata(schema: Schema, files: readonly MetadataFile[]): readonly MetadataProblem[] {
    const project = projectOf(schema, files);
    return CHECKS.flatMap((check) => [...check(project)]);
}
