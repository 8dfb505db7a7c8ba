// Brings the one file of botframework-webchat that a page needs. Installing the package would bring 700 MB; its tarball has 7.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'botframework-webchat', VERSION = '4.18.1';
const INTEGRITY = 'sha512-7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==';
const here = import.meta.dirname;
const wanted = join(here, 'node_modules', '.webchat', VERSION);
const files = ['webchat.js', 'webchat-minimal.js', 'webchat.js.LICENSE.txt'];

if (!files.every(file => existsSync(join(wanted, file)))) {
  mkdirSync(join(here, 'node_modules'), { recursive: true });
  const work = mkdtempSync(join(here, 'node_modules', '.webchat-'));
  try {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', work, `${NAME}@${VERSION}`], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
    const tarball = join(work, `${NAME}-${VERSION}.tgz`);
    const found = 'sha512-' + createHash('sha512').update(readFileSync(tarball)).digest('base64');
    if (found !== INTEGRITY) {
      throw new Error(`${NAME} ${VERSION} is not the file that was pinned`);
    }
    execFileSync('tar', ['-xzf', tarball, '-C', work, ...files.map(file => `package/dist/${file}`)]);
    mkdirSync(join(here, 'node_modules', '.webchat'), { recursive: true });
    rmSync(wanted, { recursive: true, force: true });
    renameSync(join(work, 'package', 'dist'), wanted);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
console.log(wanted);
