import type { Attempt } from './attempt.ts'
import type { Verdict } from './judge.ts'
import { nameOf } from './surfaces.ts'

// Tokens that were issued look like any other word, so that whose they are must be remembered.

/** The workspaces that tokens were issued in, by token. */
export type Owners = Map<string, string>

/** Remembers a token that was issued. */
export function keepToken(
  { workspace, role }: Attempt,
  { operation, status, said }: Verdict,
  owners: Owners,
): void {
  if (operation === undefined || nameOf(operation) !== 'seatsio/createHoldToken') return
  const { holdToken } = (said ?? {}) as { holdToken?: unknown }
  if (status < 300) owners.set(String(holdToken), role === 'stranger' ? '' : workspace.name)
}

/** Tokens of other workspaces that an answer tells, and the request did not. */
export function strangeTokens(
  { attempt, text }: { attempt: Attempt; text: string },
  owners: Owners,
): string[] {
  const { workspace, role, target, body } = attempt
  const own = role === 'stranger' ? '' : workspace.name
  const told = `${target}\n${body?.toString('utf8') ?? ''}`
  const tokens = Array.from(text.matchAll(/"holdToken":"(\w+)"/g), ([, token = '']) => token)
  return [...new Set(tokens)].flatMap((token) => {
    const owner = owners.get(token)
    const isStrange = owner !== undefined && owner !== own && !told.includes(token)
    return isStrange ? [`tells ${token}, a token of another workspace`] : []
  })
}
