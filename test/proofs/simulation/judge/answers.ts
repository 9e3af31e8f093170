import { fingerprintOf } from '../handler.ts'
import { objectsOf, type Reply, type Sending } from '../requests.ts'
import type { RunRecord } from '../run.ts'
import { termsFaults } from './terms-changes.ts'
import { changeDoneFaults, refusedFaults, tokenDoneFaults } from './status-answers.ts'
import type { Timeline } from './timeline.ts'
import { walk } from './steps.ts'
import { sendingOf } from './tokens.ts'
import { mayBeBusy, sightsOf, type Answered, type Case } from './window.ts'

// Judging what was answered: each answer must have been true at some moment between the request and the answer.

/** Tells everything that is wrong with the answers of a run. */
export function judgeAnswers(record: RunRecord, timeline: Timeline): string[] {
  const bySending = committedBy(record, timeline)
  const faults: string[] = []
  for (const sending of record.sendings) {
    if (!isAnswered(sending)) continue
    const committed = bySending.get(sending) ?? []
    const found = faultsOf({ record, timeline, sending, committed })
    const { asked, life, answer } = sending
    const name = `${asked.id} (${asked.verb} on ${life}, ${answer.kind})`
    faults.push(...found.map((fault) => `${name}: ${fault}`))
  }
  return [...faults, ...judgeReplays(record)]
}

function committedBy(
  record: RunRecord,
  { changes, tokens, terms }: Timeline,
): Map<Sending, string[]> {
  const bySending = new Map<Sending, string[]>()
  const add = (sending: Sending | undefined, name: string) => {
    if (sending !== undefined) bySending.set(sending, [...(bySending.get(sending) ?? []), name])
  }
  for (const operationId of changes.keys()) add(record.draws.get(operationId)?.sending, operationId)
  for (const line of tokens.values()) {
    for (const change of line.changes) {
      add(sendingOf(record, change), `version ${change.after.version} of ${change.token}`)
    }
  }
  for (const { changes: ofEvent } of terms.values()) {
    for (const change of ofEvent) {
      add(sendingOf(record, change), `version ${change.versions[1]} of ${change.eventId}`)
    }
  }
  return bySending
}

function isAnswered(sending: Sending): sending is Answered {
  return sending.answer !== undefined && sending.endedAt !== undefined
}

function faultsOf(it: Case): string[] {
  const { answer } = it.sending
  switch (answer.kind) {
    case 'bug':
      return [`a bug: ${answer.message}`]
    case 'done':
      return doneFaults(it, JSON.parse(answer.body) as Reply)
    case 'refused':
      return [...nothing(it), ...refusalFaults(it)]
    case 'problem':
      return [...nothing(it), ...problemFaults(it, answer.code)]
    case 'fault':
      return answer.outcome === 'not-applied' ? nothing(it) : []
  }
}

/** What was refused must not have been done, then or later. */
function nothing({ committed }: Case): string[] {
  return committed.map((operationId) => `and yet ${operationId} was committed`)
}

function doneFaults(it: Case, reply: Reply): string[] {
  const { changed, failed } = reply
  const { sending } = it
  const { asked } = sending
  if (asked.verb === 'extend') return extendFaults(it, { changed, failed })
  if (asked.verb === 'change') return changeDoneFaults(it, reply)
  if (asked.verb === 'terms') return termsFaults(it)
  if (asked.verb === 'create-token' || asked.verb === 'move-token')
    return tokenDoneFaults(it, reply)
  const faults: string[] = []
  const told = new Set(changed.map(({ eventId, label }) => `${eventId} ${label}`))
  const wanted = objectsOf(asked)
  if (told.size !== wanted.size || ![...wanted].every((name) => told.has(name))) {
    faults.push(`it tells of ${[...told].join(', ')} instead of ${[...wanted].join(', ')}`)
  }
  for (const { eventId, label, version, operationId } of changed) {
    const name = `${eventId} ${label}`
    const found = it.timeline.objects
      .get(name)
      ?.changes.find(({ after }) => after.version === version)
    if (found?.after.operationId !== operationId) {
      faults.push(`version ${version} of ${name} is not by ${operationId}`)
    } else if (found.appliedAt > sending.endedAt)
      faults.push(`${name} was changed after the answer`)
  }
  return faults
}

/** An extend does what it can, in one operation, and says what it could not. */
function extendFaults(it: Case, { changed, failed }: Reply): string[] {
  const { sending, timeline, record } = it
  const { asked } = sending
  const faults: string[] = []
  const isRepeated = asked.key !== undefined && !isRefusal({ changed, failed })
  const sent = record.sendings.filter(
    (other) => other === sending || (isRepeated && other.asked.key === asked.key),
  )
  const operations = [...timeline.changes].filter(([operationId]) =>
    sent.includes(record.draws.get(operationId)?.sending as Sending),
  )
  const done = new Set(operations.flatMap(([, changes]) => changes.map(({ object }) => object)))
  const told = new Set(changed.map(({ eventId, label }) => `${eventId} ${label}`))
  if (done.size !== told.size || ![...told].every((name) => done.has(name))) {
    faults.push(`it tells of [${[...told].join(', ')}] and changed [${[...done].join(', ')}]`)
  }
  for (const [, changes] of operations) {
    if (changes.some(({ appliedAt }) => appliedAt > sending.endedAt))
      faults.push('changed after the answer')
  }
  const isReplayed = sending.answer.kind === 'done' && sending.answer.isReplayed
  if (isReplayed) return faults
  const eventId = asked.parts[0]?.eventId ?? ''
  const isInTheWay = failed.some(
    ({ label, code }) => code === 'busy' && mayBeBusy(it, `${eventId} ${label}`),
  )
  for (const { label, code } of failed) {
    // It is one operation: where one object is busy, so is all that it meant to extend.
    if (code === 'busy' && isInTheWay) continue
    faults.push(...refusedObject(it, { name: `${eventId} ${label}`, code }))
  }
  if (failed.length === 0) faults.push(...forgotten(it, told))
  return faults
}

/** What the token held all the time must have been extended. */
function forgotten(it: Case, told: ReadonlySet<string>): string[] {
  const { asked } = it.sending
  const eventId = asked.parts[0]?.eventId ?? ''
  const wanted = asked.isAll === true ? undefined : objectsOf(asked)
  const faults: string[] = []
  for (const name of it.timeline.objects.keys()) {
    if (!name.startsWith(`${eventId} `) || told.has(name) || wanted?.has(name) === false) continue
    const verdicts = verdictsOn(it, name)
    if (verdicts.size === 1 && verdicts.has('yes')) faults.push(`${name} was held and not extended`)
  }
  return faults
}

function refusalFaults(it: Case): string[] {
  const { answer, asked } = it.sending
  if (answer.kind !== 'refused') return []
  if (asked.verb === 'terms') return termsFaults(it)
  if (['change', 'create-token', 'move-token'].includes(asked.verb)) return refusedFaults(it)
  const { refusal } = answer
  // Nobody was seen in the way; that nothing was done is judged of every refusal.
  if (refusal.code === 'store-slow') return []
  if (refusal.code !== 'seats-refused') return [`a refusal that cannot be: ${refusal.code}`]
  if (refusal.seats.length === 0) return ['it was refused, and nothing is said of why']
  const faults = refusal.seats.flatMap(({ eventId, label, code }) =>
    refusedObject(it, { name: `${eventId} ${label}`, code }),
  )
  if (refusal.seats.some(({ code }) => code === 'busy')) return faults
  return [
    ...faults,
    ...unmentioned(it, new Set(refusal.seats.map((seat) => `${seat.eventId} ${seat.label}`))),
  ]
}

/** All objects that could not be had at any moment are told, not just the first. */
function unmentioned(it: Case, told: ReadonlySet<string>): string[] {
  const missing = [...objectsOf(it.sending.asked)].filter((name) => {
    if (told.has(name)) return false
    return !verdictsOn(it, name).has('yes')
  })
  return missing.map((name) => `it does not say that ${name} cannot be had`)
}

function refusedObject(it: Case, { name, code }: { name: string; code: string }): string[] {
  if (code === 'busy') return mayBeBusy(it, name) ? [] : [`${name} is called busy, and was not`]
  const verdicts = verdictsOn(it, name)
  if (verdicts.has(code)) return []
  return [`${name} is refused as ${code}, and was only ${[...verdicts].join(' or ')}`]
}

/** Everything that could be said of an object between request and answer. */
function verdictsOn(it: Case, object: string): Set<string> {
  const walks = sightsOf(it, object).map((sight) => walk(it.sending.asked, sight))
  return new Set(walks.map(({ refused }) => refused?.code ?? 'yes'))
}

function problemFaults({ record, sending }: Case, code: string): string[] {
  const { asked, endedAt } = sending
  const others = record.sendings.filter(
    (other) => other.asked.key === asked.key && other.startedAt <= endedAt && other !== sending,
  )
  if (code === 'key-reused') {
    const isReused = others.some((other) => fingerprintOf(other.asked) !== fingerprintOf(asked))
    return isReused ? [] : ['its key was not used for anything else']
  }
  if (code === 'request-running') return others.length > 0 ? [] : ['nothing else ran under its key']
  return [`a problem that cannot be: ${code}`]
}

/** Whoever is told that a request is done is told the same. */
function judgeReplays({ sendings }: RunRecord): string[] {
  const bodies = new Map<string, string>()
  const faults: string[] = []
  for (const { asked, answer } of sendings) {
    if (asked.key === undefined || answer?.kind !== 'done') continue
    if (isRefusal(JSON.parse(answer.body) as Reply)) continue
    const name = `${asked.key} ${fingerprintOf(asked)}`
    const first = bodies.get(name) ?? answer.body
    bodies.set(name, first)
    if (first !== answer.body) faults.push(`${asked.id} was answered ${first} and ${answer.body}`)
  }
  return faults
}

/** An extend that others kept from doing anything is a refusal, in the words of a success; refusals are not kept. */
function isRefusal({ changed, failed }: Pick<Reply, 'changed' | 'failed'>): boolean {
  return changed.length === 0 && failed.some(({ code }) => code === 'busy')
}
