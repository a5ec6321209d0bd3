import type { Files } from './files.ts';
import { OBJECTS } from './good-objects.ts';
import { PAGES } from './good-pages.ts';
import { REPORTS } from './good-reports.ts';

/** A small project with one of everything that is checked: crews with their trips. Each file has one element a line, so that a test can name a line. */
export const GOOD_PROJECT: Files = { ...OBJECTS, ...PAGES, ...REPORTS };
