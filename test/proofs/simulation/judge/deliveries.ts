import { fromItem } from '../../../support/plain-marshal.ts'
import type { PostSeen, Receiver } from '../receivers.ts'
import type { RunRecord } from '../run.ts'
import type { DueNotice } from './notices.ts'
import { landingsOf } from './landings.ts'

// Judging webhooks by what receivers were sent, and what the stream tells of deliveries on file: every notice of a subscribed type
// reached its receiver; no attempt is made by two at once, nor after one that went well; and the receiver that drops what it has
// heard, and what is older, knows how things are.

/** Milliseconds for which an attempt that was claimed is nobody else's, less what two clocks may disagree by. */
const CLAIM_MS_MIN = 60_000 - 2_500

/** Tells everything that is wrong with the deliveries of a run. */
export function judgeDeliveries(record: RunRecord, due: ReadonlyMap<string, DueNotice>): string[] {
  return record.receivers.flatMap((receiver) => {
    const faults = [
      ...receiver.complaints,
      ...heardFaults(record, receiver, due),
      ...attemptFaults(record, receiver),
    ]
    return faults.map((fault) => `${receiver.endpointId}: ${fault}`)
  })
}

function heardFaults(
  { venue }: RunRecord,
  { types, heard, seats }: Receiver,
  due: ReadonlyMap<string, DueNotice>,
): string[] {
  const faults: string[] = []
  const wanted = [...due.values()].filter((notice) => types.includes(notice.types[0] ?? ''))
  // Whether one of these is a release or not is for the product to say.
  const maybe = new Set([...due.values()].filter((it) => it.types.length > 1).map(({ id }) => id))
  const truth = new Map<string, { version: number; status: string }>()
  for (const { id, change, line } of wanted) {
    if (!heard.has(id) && !maybe.has(id)) faults.push(`${id} was never heard`)
    const [eventId = '', label = ''] = change.object.split(' ')
    const event = venue.events.find((it) => it.eventId === eventId)
    const name = `${event?.eventKey ?? ''} ${label}`
    if (maybe.has(id) && !heard.has(id)) continue
    if ((truth.get(name)?.version ?? 0) < line.version) {
      truth.set(name, { version: line.version, status: line.to.replace(/^=/, '') })
    }
  }
  for (const id of heard.keys()) {
    if (!wanted.some((notice) => notice.id === id)) faults.push(`${id} was not for it`)
  }
  for (const [name, { version, status }] of truth) {
    const known = seats.get(name)
    if (known?.version === version && known.status === status) continue
    faults.push(`it takes ${name} for ${JSON.stringify(known)}, and it is ${status} v${version}`)
  }
  return faults
}

/** A delivery on file from one write to the next. */
interface Filed {
  readonly at: number
  readonly attempts: number
  readonly status: string
}

function attemptFaults(record: RunRecord, receiver: Receiver): string[] {
  const filed = filedOf(record, receiver)
  const latest = new Map<string, { post: PostSeen; attempts: number }>()
  const faults: string[] = []
  for (const post of receiver.posts) {
    const id = idOf(post.body)
    const states = filed.get(id) ?? []
    const state = states.findLast(({ at }) => at <= post.at)
    if (state === undefined) {
      faults.push(`${id} was sent and is not on file`)
      continue
    }
    const { attempts, status } = state
    if (status === 'success') faults.push(`${id} was sent again after it had gone well`)
    const former = latest.get(id)
    if (former?.attempts === attempts && post.at - former.post.at < CLAIM_MS_MIN) {
      faults.push(`${id} was sent by ${former.post.life} and ${post.life}, as the same attempt`)
    }
    latest.set(id, { post, attempts })
  }
  for (const [id, states] of filed) {
    const status = states.at(-1)?.status
    if (status !== 'success') faults.push(`the delivery of ${id} is ${status} in the end`)
  }
  return faults
}

function filedOf(
  { venue, firstRecord, calls }: RunRecord,
  { endpointId }: Receiver,
): Map<string, Filed[]> {
  const landings = landingsOf(calls)
  const filed = new Map<string, Filed[]>()
  const { records } = venue.table
  for (let place = firstRecord; place < records.length; place += 1) {
    const { Keys = {}, NewImage: image } = records[place]?.dynamodb ?? {}
    if (image === undefined || Keys['pk']?.S?.startsWith(`V#${endpointId}#`) !== true) continue
    if (Keys['sk']?.S?.startsWith('D#') !== true) continue
    const item = fromItem(image)
    const id = idOf(String(item['n']))
    const states = filed.get(id) ?? []
    filed.set(id, states)
    const at = landings.get(place)?.landed?.at ?? 0
    const attempts = (item['atts'] as unknown[]).length
    states.push({ at, attempts, status: String(item['st']) })
  }
  return filed
}

function idOf(body: string): string {
  return String((JSON.parse(body) as { id: unknown }).id)
}
