import { runCommand } from '../lib/command.ts';
import { sweep } from './command.ts';

await runCommand(sweep);
