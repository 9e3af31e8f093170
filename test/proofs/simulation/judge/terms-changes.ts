import type { Asked, Sending } from '../requests.ts'
import type { RunRecord } from '../run.ts'
import { edited, noTerms, type Epoch, type Terms, type TermsRefusal } from './terms.ts'
import type { TermsChange } from './terms-lines.ts'
import type { Timeline } from './timeline.ts'
import { sendingOf } from './tokens.ts'
import { epochsIn, isContended, type Case } from './window.ts'

// Judging changes of what events say of selling: each one asked for, of all its events or of none, once, and what the contract
// makes of what was there.

/** Tells everything that is wrong with the changes of terms of a run. */
export function judgeTerms(record: RunRecord, { terms }: Timeline): string[] {
  const faults: string[] = []
  const groups = new Map<number, TermsChange[]>()
  for (const { eventId, changes } of terms.values()) {
    let version = 0
    for (const change of changes) {
      const [before, after] = change.versions
      if (before !== version || after !== version + 1) {
        faults.push(`the head of ${eventId} went from ${version} to ${after}`)
      }
      version = after
      // What was there before the run, nobody of it asked for.
      if (change.time === -Infinity) continue
      groups.set(change.order, [...(groups.get(change.order) ?? []), change])
    }
  }
  const seen = new Map<string, number>()
  for (const [order, changes] of groups) {
    const [first] = changes
    const sending = first && sendingOf(record, first)
    const name = `the change of ${changes.map(({ eventId }) => eventId).join(', ')}`
    if (sending?.asked.edit === undefined) {
      faults.push(`${name} by ${first?.life ?? ''} was asked for by nobody`)
      continue
    }
    const { id, key } = sending.asked
    faults.push(...groupFaults(sending.asked, changes).map((fault) => `${id}: ${name} ${fault}`))
    if (key === undefined) continue
    if (seen.has(key)) faults.push(`${key} took effect twice: at ${seen.get(key)} and at ${order}`)
    seen.set(key, order)
  }
  return faults
}

/** Every event of the request, each as the edit makes it. */
function groupFaults(asked: Asked, changes: readonly TermsChange[]): string[] {
  const { parts, edit } = asked
  const changed = new Set(changes.map(({ eventId }) => eventId))
  const strange = [...changed].filter((id) => parts.every(({ eventId }) => eventId !== id))
  const forgotten = parts.filter(({ eventId }) => !changed.has(eventId))
  return [
    ...strange.map((eventId) => `was not asked for of ${eventId}`),
    ...forgotten.map(({ eventId }) => `leaves ${eventId} out`),
    ...changes.flatMap(({ before, after }) => {
      const expected = edit && edited(before, edit)
      const isRight = JSON.stringify(expected) === JSON.stringify(after)
      return isRight ? [] : [`should be ${JSON.stringify(expected)}, not ${JSON.stringify(after)}`]
    }),
  ]
}

/** What is wrong with an answer to a change of terms. */
export function termsFaults(it: Case): string[] {
  const { sending, committed } = it
  const { answer } = sending
  if (answer.kind === 'refused') {
    const { code } = answer.refusal
    return isTrueRefusal(it, code) ? [] : [`it is refused as ${code}, and was not so`]
  }
  if (answer.kind !== 'done' || answer.isReplayed) return []
  const wrote = own(it)
  if (wrote.some(({ time }) => time > sending.endedAt)) return ['changed after the answer']
  if (committed.length > 0 || epochsIn(it).some((epoch) => isIdle(sending.asked, epoch))) return []
  return ['it was answered as done, and nothing was changed']
}

/** What this very request changed. */
function own({ record, timeline, sending }: Case): TermsChange[] {
  const all = [...timeline.terms.values()].flatMap(({ changes }) => changes)
  return all.filter((change) => sendingOf(record, change) === (sending as Sending))
}

/** Whether the edit leaves all as it is. */
function isIdle({ parts, edit }: Asked, epoch: Epoch): boolean {
  return parts.every(({ eventId }) => {
    const terms = epoch.get(eventId) ?? noTerms
    return edit !== undefined && JSON.stringify(edited(terms, edit)) === JSON.stringify(terms)
  })
}

/** Changes of what is for sale that a day has of each event. */
const SALE_CHANGES_MAX = 10

function isTrueRefusal(it: Case, code: string): boolean {
  const { asked, endedAt } = it.sending
  const lines = asked.parts.flatMap(({ eventId }) => it.timeline.terms.get(eventId) ?? [])
  switch (code) {
    case 'channel-not-found':
    case 'channel-taken':
      return epochsIn(it).some((epoch) => refusals(asked, epoch).includes(code))
    case 'too-many-sale-calls':
      return lines.some(
        ({ changes }) =>
          changes.filter(({ time, before, after }) => time <= endedAt && isOtherSale(before, after))
            .length >= SALE_CHANGES_MAX,
      )
    case 'record-busy':
      return lines.some((line) => isContended(it, line))
    default:
      return false
  }
}

function refusals({ parts, edit }: Asked, epoch: Epoch): TermsRefusal[] {
  return parts.flatMap(({ eventId }) => {
    const to = edit && edited(epoch.get(eventId) ?? noTerms, edit)
    return typeof to === 'string' ? [to] : []
  })
}

/** Changes of channels and tables are not counted; the same rules again are. */
function isOtherSale(before: Terms, after: Terms): boolean {
  return JSON.stringify({ ...before, sale: after.sale }) === JSON.stringify(after)
}
