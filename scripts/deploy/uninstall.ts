/** `npm run uninstall`: exports the product's records and removes it from an org. */
import { runCommand } from '../lib/command.ts';
import { uninstall } from './uninstall-command.ts';

await runCommand(uninstall);
