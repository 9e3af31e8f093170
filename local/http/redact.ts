import type { RouteMatch } from './router.ts'

const hidden = '[hidden]'

/** The secrets that have a form of their own: API keys and webhook secrets. */
const secretPattern = /(sk|pk|whsec|hfak)_/i

/**
 * Makes a path fit for the log: hides what a variable called "…token" matched, what follows a segment that speaks of tokens
 * or keys, and whatever looks like a key.
 */
export function redactPath(path: string, match: RouteMatch | undefined): string {
  const tokens = new Set<string>()
  for (const [name, value] of match?.parameters ?? []) {
    if (/token$/i.test(name)) tokens.add(value)
  }
  let previous = ''
  const shown = path.split('/').map((segment) => {
    const secret = tokens.has(segment) || /token|key/i.test(previous) || looksSecret(segment)
    previous = segment
    return secret && segment !== '' ? hidden : segment
  })
  return shown.join('/')
}

function looksSecret(segment: string): boolean {
  const unescaped = segment.replaceAll(/%([0-7][0-9a-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  return secretPattern.test(unescaped)
}
