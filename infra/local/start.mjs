// `npm start`: everything a fresh clone needs, then the whole product on this machine.
import { install, requireNode, root, run } from './set-up.mjs';

requireNode();
install();
const main = new URL('./main.ts', import.meta.url).pathname;
process.exitCode = await run(process.execPath, ['--import', 'tsx', main, ...process.argv.slice(2)], { cwd: root });
