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
import { attempt, useOf } from './attempt.ts'
import type { Courier } from './courier.ts'
import { LEASE_MS, type Job } from './job.ts'
import { handleOther, waitWithout } from './put-back.ts'
import { tell } from './tell.ts'

// The attempts of a run at one endpoint. Slots are taken for all of its requests together; those without one wait.

/** Milliseconds until another probe may be made while one is under way: a little more than an exchange can take. */
const PROBE_LEASE_MS = 20_000

/** What went wrong, by the places of messages: those must come again. */
export type Failures = Map<number, string>

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
  const taken = await noting(failures, jobs, () => takeFor(courier, first, jobs.length))
  if (taken === undefined) return
  const giveBack = slotsBack(courier.store, first.endpointId, taken)
  await Promise.all(
    jobs.map((wanted, index) => {
      const job = { ...wanted, mayBeBefore: taken.mayBeBefore }
      const slot = taken.slots[index]
      return noting(failures, [job], () =>
        slot === undefined
          ? waitWithout(courier, job, taken.without ?? { status: 'full', isProven: false })
          : attemptWith(courier, job, { slot, giveBack }),
      )
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
  jobs: readonly Job[],
  run: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await run()
  } catch (error) {
    for (const { place } of jobs) failures.set(place, String(error))
    return undefined
  }
}

/** A slot, and how to give it back. */
interface SlotInHand {
  readonly slot: Slot
  readonly giveBack: (slot: Slot, used: SlotUsed) => Promise<void>
}

async function attemptWith(
  courier: Courier,
  job: Job,
  { slot, giveBack }: SlotInHand,
): Promise<void> {
  const { endpoint, delivery } = job
  let used: SlotUsed = { use: undefined }
  let recorded: DeliveryState | undefined
  try {
    const claimed = await claim(courier, job)
    if (claimed.status === 'applied') {
      const attempted = await attempt(courier, { endpoint, delivery: claimed.delivery })
      const { posted } = attempted
      const failedProbes = slot.probe === undefined ? 0 : slot.probe.failed + 1
      used = { use: useOf(courier, posted, failedProbes), latencyMs: posted.latencyMs }
      recorded = attempted.recorded
    } else {
      used = { use: { kind: 'unused' } }
      const { deliveryId } = delivery ?? claimed.delivery ?? {}
      if (deliveryId !== undefined)
        await handleOther(courier, { ...job, deliveryId }, claimed.delivery)
    }
  } finally {
    await giveBack(slot, used)
  }
  if (recorded !== undefined) await tell(courier, recorded)
}

function claim({ store, clock, ids }: Courier, job: Job): Promise<DeliveryWrite> {
  const mine = { claimId: ids.ulid(), until: instant(clock.now() + LEASE_MS) }
  return job.delivery === undefined
    ? putDelivery(store, job, mine)
    : claimDelivery(store, job.delivery, mine)
}
