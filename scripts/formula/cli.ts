/** `npm run formula`: evaluates, checks and explains formulas outside of any org, one JSON request a line. */
import { readArguments, runCommand } from '../lib/command.ts';
import { CommandError } from '../lib/errors.ts';
import { linesOf, writeLine } from './lines.ts';
import { answer } from './requests.ts';
import type { Verb } from './requests.ts';

const USAGE = `npm run formula -- eval | check | explain   reads JSON lines, prints one JSON line for each

  eval      {"value"} or {"error"}
  check     {"ok","type","references","issues"}: types, names, positions, suggestions; needs no values
  explain   {"value","comparisons"}: every condition with its actual value and whether it held

A line of input:
  {"formula":"Health__c < 60","type":"Checkbox","blanks":"zero","fields":{"Health__c":{"type":"Number","value":41}}}

  type      of the result; left out: whatever the formula gives
  blanks    zero (the default) or blank, as a formula field treats blank numbers; unknown, as rules do
  fields    Number Currency Percent Date DateTime Time Checkbox Text Picklist MultiPicklist Id; a blank value is null.
            Percent 30 is 30 %, dates are YYYY-MM-DD, instants YYYY-MM-DDTHH:MM:SSZ
  now       an instant, for TODAY() and NOW(); left out: the present
  timeZone  such as Europe/Berlin; left out: UTC

Example:
  echo '{"formula":"1 + 2"}' | npm run --silent formula -- eval`;

const VERBS: readonly Verb[] = ['eval', 'check', 'explain'];

await runCommand(async (argv) => {
    const { values, positionals } = readArguments(argv, {}, USAGE);
    if (values.help === true) {
        process.stdout.write(`${USAGE}\n`);
        return 0;
    }
    const verb = VERBS.find((candidate) => candidate === positionals[0]);
    if (verb === undefined || positionals.length > 1) {
        throw new CommandError(`Say what to do with the formulas: ${VERBS.join(', ')}.`, USAGE);
    }
    // A reader such as `head` that has seen enough is no failure.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
        process.exit(error.code === 'EPIPE' ? 0 : 2);
    });
    const now = new Date().toISOString();
    for await (const line of linesOf(process.stdin)) {
        await writeLine(process.stdout, JSON.stringify(answer(verb, line, now)));
    }
    return 0;
});
