/** `npm run deploy`: installs or updates the product in an org. */
import { runCommand } from '../lib/command.ts';
import { deploy } from './deploy-command.ts';

await runCommand(deploy);
