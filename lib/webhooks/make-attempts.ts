import { instant } from '../clock.ts'
import {
  claimDelivery,
  putDelivery,
  type DeliveryWrite,
} from '../store/webhooks/delivery-attempts.ts'
import type { DeliveryState } from '../store/webhooks/delivery-items.ts'
import {
  slotsBack,
  takeSlots,
  type Slot,
  type SlotsTaken,
  type SlotUsed,
} from '../store/webhooks/endpoint-slots.ts'
import { record, send, useOf, type Sent } from './attempt.ts'
import type { Courier } from './courier.ts'
import { LEASE_MS, type Job } from './job.ts'
import { handleOther, waitWithout } from './put-back.ts'
import { requestsOf } from './requests.ts'
import { tell } from './tell.ts'

// The attempts of a run at one endpoint, which go out in as few requests as it takes. Slots are taken for all requests together; what is
// in one without waits.

/** Milliseconds until another probe may be made while one is under way: a little more than an exchange can take. */
const PROBE_LEASE_MS = 20_000

/** What went wrong, by the places of messages: those must come again. */
export type Failures = Map<number, string>

/** What a message asks for. */
type Placed = Pick<Job, 'place'>

/** Makes the attempts that there is room for, and has the others wait; answers what went wrong. */
export async function makeAttempts(courier: Courier, jobs: readonly Job[]): Promise<Failures> {
  const failures: Failures = new Map()
  const kinds = [jobs.filter(isUrgent), jobs.filter((job) => !isUrgent(job))]
  await Promise.all(kinds.map((some) => attemptTogether(courier, some, failures)))
  return failures
}

/** Whoever tries out an endpoint wants to know now. */
function isUrgent({ notice, attempt: number }: Job): boolean {
  return notice.test === true && number === 1
}

async function attemptTogether(
  courier: Courier,
  jobs: readonly Job[],
  failures: Failures,
): Promise<void> {
  const [first] = jobs
  if (first === undefined) return
  const requests = requestsOf(first.endpoint, jobs)
  const taken = await noting(failures, jobs, () => takeFor(courier, first, requests.length))
  if (taken === undefined) return
  const { mayBeBefore, without = { status: 'full', isProven: false } as const } = taken
  const giveBack = slotsBack(courier.store, first.endpointId, taken)
  await Promise.all(
    requests.map(async (wanted, index) => {
      const some = wanted.map((job) => ({ ...job, mayBeBefore }))
      const slot = taken.slots[index]
      if (slot === undefined) {
        await eachNoting(failures, some, (job) => waitWithout(courier, job, without))
      } else {
        await noting(failures, some, () => attemptWith(courier, some, { slot, giveBack, failures }))
      }
    }),
  )
}

function takeFor({ store, clock }: Courier, job: Job, count: number): Promise<SlotsTaken> {
  const now = clock.now()
  return takeSlots(store, job.endpointId, {
    count,
    until: instant(now + LEASE_MS),
    probeUntil: instant(now + PROBE_LEASE_MS),
    isUrgent: isUrgent(job),
  })
}

/** Runs something for jobs, and notes of each of them what goes wrong. */
async function noting<T>(
  failures: Failures,
  jobs: readonly Placed[],
  run: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await run()
  } catch (error) {
    for (const { place } of jobs) failures.set(place, String(error))
    return undefined
  }
}

/** Runs something for each by itself, and answers what came of those where nothing went wrong. */
async function eachNoting<J extends Placed, T>(
  failures: Failures,
  some: readonly J[],
  run: (one: J) => Promise<T>,
): Promise<T[]> {
  const outcomes = await Promise.all(
    some.map((one) => noting(failures, [one], async () => [await run(one)])),
  )
  return outcomes.flatMap((outcome) => outcome ?? [])
}

/** A slot, and how to give it back; and where to note what goes wrong with one of several. */
interface SlotInHand {
  readonly slot: Slot
  readonly giveBack: (slot: Slot, used: SlotUsed) => Promise<void>
  readonly failures: Failures
}

/** A job's delivery as it is on file. */
interface OnFile extends Placed {
  readonly delivery: DeliveryState
}

/** Makes the attempts of one request: of all deliveries that can be claimed. */
async function attemptWith(
  courier: Courier,
  jobs: readonly Job[],
  { slot, giveBack, failures }: SlotInHand,
): Promise<void> {
  let used: SlotUsed = { use: undefined }
  let recorded: readonly OnFile[] = []
  try {
    const claims = await eachNoting(failures, jobs, async (job) => {
      return { ...job, claimed: await claim(courier, job) }
    })
    const mine = claims.flatMap(({ claimed, ...job }) =>
      claimed.status === 'applied' ? [{ ...job, delivery: claimed.delivery }] : [],
    )
    const [first, ...rest] = mine
    if (first !== undefined) {
      const sent = await send(courier, [first, ...rest])
      const written = await eachNoting(failures, mine, async (claimed) => {
        return { place: claimed.place, delivery: await record(courier, claimed, sent) }
      })
      if (written.length > 0) used = usedFor(courier, slot, sent)
      recorded = written.filter(isOnFile)
    } else if (claims.length > 0) used = { use: { kind: 'unused' } }
    const others = claims.filter(({ claimed }) => claimed.status !== 'applied')
    await eachNoting(failures, others, async ({ claimed, ...job }) => {
      const { deliveryId } = job.delivery ?? claimed.delivery ?? {}
      if (deliveryId !== undefined)
        await handleOther(courier, { ...job, deliveryId }, claimed.delivery)
    })
  } finally {
    await giveBack(slot, used)
  }
  await eachNoting(failures, recorded, ({ delivery }) => tell(courier, delivery))
}

function isOnFile(one: Placed & { readonly delivery: DeliveryState | undefined }): one is OnFile {
  return one.delivery !== undefined
}

function usedFor(courier: Courier, { probe }: Slot, { posted }: Sent): SlotUsed {
  const failedProbes = probe === undefined ? 0 : probe.failed + 1
  return { use: useOf(courier, posted, failedProbes), latencyMs: posted.latencyMs }
}

function claim({ store, clock, ids }: Courier, job: Job): Promise<DeliveryWrite> {
  const mine = { claimId: ids.ulid(), until: instant(clock.now() + LEASE_MS) }
  return job.delivery === undefined
    ? putDelivery(store, job, mine)
    : claimDelivery(store, job.delivery, mine)
}
