import type { Sending } from '../requests.ts'
import type { RunRecord } from '../run.ts'
import { lookOf, restOf } from './rules.ts'
import { TOKEN_LIFE_MS } from './status-answers.ts'
import type { Change, Timeline } from './timeline.ts'
import type { TokenChange, TokenLine } from './token-lines.ts'

// Judging hold tokens that the product issued. Commit after commit, in their true order: whatever a token holds ends with it.

/** What one commit did to tokens and to what they hold. */
interface Commit {
  readonly objects: Change[]
  readonly tokens: TokenChange[]
}

/** Tells everything that is wrong with the tokens of a run. */
export function judgeTokens(record: RunRecord, timeline: Timeline): string[] {
  const { tokens } = timeline
  const faults = [...tokens.values()].flatMap(gapFaults)
  const held = new Map<string, Map<string, number>>()
  const ends = new Map<string, number>()
  for (const commit of commitsOf(timeline)) {
    for (const { object, after } of commit.objects) {
      for (const objects of held.values()) objects.delete(object)
      const { token = '', until } = after
      if (after.status !== 'held' || !tokens.has(token)) continue
      held.set(token, (held.get(token) ?? new Map<string, number>()).set(object, Number(until)))
    }
    for (const { token, after } of commit.tokens) ends.set(token, after.until)
    for (const token of tokensIn(commit)) {
      for (const [object, until] of held.get(token) ?? []) {
        if (until === ends.get(token)) continue
        faults.push(
          `${object} is held until ${until}, and its token ${token} until ${ends.get(token)}`,
        )
      }
    }
    faults.push(...commitFaults(record, timeline, commit))
  }
  return [...faults, ...twiceFaults(record, timeline)]
}

function commitsOf({ objects, tokens }: Timeline): Commit[] {
  const commits = new Map<number, Commit>()
  const at = (order: number) => {
    const found = commits.get(order) ?? { objects: [], tokens: [] }
    commits.set(order, found)
    return found
  }
  for (const { changes } of objects.values())
    for (const change of changes) at(change.order).objects.push(change)
  for (const { changes } of tokens.values())
    for (const change of changes) at(change.order).tokens.push(change)
  return [...commits].sort(([left], [right]) => left - right).map(([, commit]) => commit)
}

function tokensIn({ objects, tokens }: Commit): Set<string> {
  const named = objects.flatMap(({ after }) => after.token ?? [])
  return new Set([...named, ...tokens.map(({ token }) => token)])
}

/** A token begins with version 1 and is raised by one each time. */
function gapFaults({ token, changes }: TokenLine): string[] {
  return changes.flatMap(({ before, after }, at) => {
    const isNext = after.version === at + 1 && (before?.version ?? 0) === at
    return isNext ? [] : [`the token ${token} went from ${before?.version} to ${after.version}`]
  })
}

/** Whatever is held under a token is written together with it, and a token only by who may. */
function commitFaults(record: RunRecord, timeline: Timeline, commit: Commit): string[] {
  const faults: string[] = []
  for (const { object, after } of commit.objects) {
    const { token = '', status, operationId } = after
    const isWithToken = commit.tokens.some((change) => change.token === token)
    if (status !== 'held' || !timeline.tokens.has(token) || isWithToken) continue
    faults.push(`${operationId} held ${object} without writing its token ${token}`)
  }
  for (const change of commit.tokens) {
    const sending = sendingOf(record, change)
    const found =
      sending === undefined
        ? ['was asked for by nobody']
        : tokenFaults(timeline, { change, sending, objects: commit.objects })
    const name = `${sending?.asked.id} (${sending?.asked.verb}) changed the token ${change.token}:`
    const states = `${JSON.stringify(change.before)} -> ${JSON.stringify(change.after)}`
    faults.push(...found.map((fault) => `${name} ${fault}; ${states}`))
  }
  return faults
}

/** Who committed a change of a token, or of something else that one process wrote in one go. */
export function sendingOf(
  { draws, sendings }: RunRecord,
  { operationId, life, sentAt }: Pick<TokenChange, 'operationId' | 'life' | 'sentAt'>,
): Sending | undefined {
  if (operationId !== undefined) return draws.get(operationId)?.sending
  // A process may begin with a request at the very moment at which it ended one.
  return sendings.findLast(
    (sending) =>
      sending.life === life &&
      sending.startedAt <= sentAt &&
      (sending.endedAt ?? Infinity) >= sentAt,
  )
}

interface Written {
  readonly change: TokenChange
  readonly sending: Sending
  readonly objects: readonly Change[]
}

function tokenFaults(timeline: Timeline, written: Written): string[] {
  const { change, sending, objects } = written
  const { token, before, after } = change
  const { asked } = sending
  const faults = deadFaults(timeline, written)
  if ((before === undefined) !== (asked.verb === 'create-token')) faults.push('it is not its place')
  if (before !== undefined && before.createdAt !== after.createdAt) faults.push('it was born again')
  if (after.until > after.createdAt + TOKEN_LIFE_MS) faults.push('it lives for too long')
  const added = objects.filter(
    ({ before: was, after: is }) =>
      is.token === token && lookOf(restOf(was, is.at), token) !== 'mine',
  )
  const count = (before?.objects ?? 0) + added.length
  if (after.objects !== count) faults.push(`it should have held ${count}`)
  if (asked.verb === 'change') {
    const isNamed = asked.steps?.some((step) => step.to === 'held' && step.holdToken === token)
    if (isNamed !== true) faults.push('it was not asked for')
    if (after.until !== before?.until) faults.push('a hold moves no deadline')
    return faults
  }
  if (asked.verb === 'move-token' && asked.holdToken !== token) faults.push('it was not asked for')
  return [...faults, ...deadlineFaults(written)]
}

/** Clocks show whole milliseconds. */
const ROUNDING_MS = 1

function deadlineFaults({ change: { after, time }, sending }: Written): string[] {
  const { startedAt, offset, asked } = sending
  const from = after.until - Number(asked.minutes) * 60_000
  const isInTime = from >= startedAt + offset - ROUNDING_MS && from <= time + offset + ROUNDING_MS
  return isInTime ? [] : ['its deadline is not the one asked for']
}

/** What has ended stays ended. */
function deadFaults({ decisions }: Timeline, { change, sending, objects }: Written): string[] {
  const { before, operationId = '' } = change
  const { startedAt, offset } = sending
  if (before === undefined) return []
  const decision = decisions.get(operationId)
  const moments = [startedAt + offset, ...objects.map(({ after }) => after.at)]
  if (decision !== undefined) moments.push(decision.sentAt + offset)
  return moments.some((now) => before.until <= now) ? ['it had ended'] : []
}

/** No idempotency key makes or moves a token twice. */
function twiceFaults(record: RunRecord, { tokens }: Timeline): string[] {
  const seen = new Map<string, string>()
  return [...tokens.values()].flatMap(({ changes }) =>
    changes.flatMap((change) => {
      const { key, verb } = sendingOf(record, change)?.asked ?? {}
      if (key === undefined || verb === 'change') return []
      const name = `version ${change.after.version} of ${change.token}`
      const other = seen.get(key)
      seen.set(key, name)
      return other === undefined ? [] : [`${key} took effect twice: ${other} and ${name}`]
    }),
  )
}
