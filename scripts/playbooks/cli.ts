import { runCommand } from '../lib/command.ts';
import { playbooks } from './command.ts';

await runCommand(playbooks);
