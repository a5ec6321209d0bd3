import { runCommand } from '../lib/command.ts';
import { replay } from './command.ts';

await runCommand(replay);
