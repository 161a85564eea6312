import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where Polywire's own code lies: what goes wrong there was started elsewhere. */
const ourCode = fileURLToPath(new URL('../..', import.meta.url));

/** Says in one line why a module could not be loaded, and where. */
export async function loadFailure(file: string, reason: unknown): Promise<string> {
  if (!(reason instanceof Error)) return `throws ${firstLine(String(reason))}`;
  const message = firstLine(reason.message);
  const { code } = reason as NodeJS.ErrnoException;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return `Node ${process.versions.node} cannot load ${extname(file)} files: compile it to JavaScript first`;
  }
  if (isCommonjsClash(reason)) return commonjsAdvice(file);
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return message;
  const place =
    placeIn(reason.stack ?? '', file) ?? (reason instanceof SyntaxError ? await syntaxPlace(file) : undefined);
  return `${reason.name}: ${message}${place === undefined ? '' : ` (${place})`}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** `import` or `export` in a file that Node takes for CommonJS. */
function isCommonjsClash(reason: Error): boolean {
  return (
    reason instanceof SyntaxError &&
    /Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import\.meta' outside a module/.test(
      reason.message,
    )
  );
}

function commonjsAdvice(file: string): string {
  if (extname(file) === '.cjs') {
    return "a .cjs file is CommonJS and takes no import or export: write require('polywire'), or name it .mjs";
  }
  const manifest = nearestManifest(dirname(file));
  const where = manifest === undefined ? 'package.json' : relative(process.cwd(), manifest) || manifest;
  return `its folder is CommonJS, where import and export do not work: name it ${basename(file, extname(file))}.mjs, or set "type": "module" in ${where}`;
}

function nearestManifest(folder: string): string | undefined {
  const here = join(folder, 'package.json');
  if (existsSync(here)) return here;
  return dirname(folder) === folder ? undefined : nearestManifest(dirname(folder));
}

/** `functions.mjs:3`: the first place in a stack that lies in the loaded file, else the first one in any file of theirs. */
function placeIn(stack: string, file: string): string | undefined {
  const places = [...stack.matchAll(/(file:\/\/[^\s()]+?|(?:\/|[A-Za-z]:\\)[^\s():]+):(\d+)(?::\d+)?(?=[\s)]|$)/g)]
    .map(([, path = '', line = '']) => ({ path: path.startsWith('file:') ? fileURLToPath(path) : path, line }))
    .filter(({ path }) => !path.includes('node_modules'));
  const own =
    places.find(({ path }) => path === file) ??
    places.find(({ path }) => existsSync(path) && !path.startsWith(ourCode));
  return own === undefined ? undefined : `${relative(process.cwd(), own.path)}:${own.line}`;
}

/** Node tells the place of a syntax error in an ES module only where nobody catches it: so another one reads the file. */
function syntaxPlace(file: string): Promise<string | undefined> {
  const script = `import(${JSON.stringify(pathToFileURL(file).href)})`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', script], { timeout: 5_000 }, (_, __, stderr) => {
      resolve(placeIn(stderr.split(/\n\s*at /, 1)[0] ?? '', file));
    });
  });
}
