import { runCommand } from '../lib/command.ts';
import { figures } from './command.ts';

await runCommand(figures);
