import { runCommand } from '../lib/command.ts';
import { history } from './command.ts';

await runCommand(history);
