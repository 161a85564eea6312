import { installTool } from './tool.ts';

installTool().catch((reason: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${(reason as Error).message}\n`);
});
