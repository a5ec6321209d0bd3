import { runCommand } from '../lib/command.ts';
import { usage } from './command.ts';

await runCommand(usage);
