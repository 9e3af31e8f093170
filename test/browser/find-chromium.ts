import { existsSync } from 'node:fs'

/** Where Debian and others put it. */
const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium that `CHROMIUM` names, or the one that is installed; undefined where there is none. */
export function findChromium(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['CHROMIUM']
  const places = named === undefined || named === '' ? usual : [named]
  return places.find((path) => existsSync(path))
}
