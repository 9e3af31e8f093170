import { instant, type Instant } from '../clock.ts'
import { endDelivery, putDelivery } from '../store/webhooks/delivery-attempts.ts'
import type { DeliveryState } from '../store/webhooks/delivery-items.ts'
import type { NoSlot } from '../store/webhooks/endpoint-slots.ts'
import type { Courier } from './courier.ts'
import type { Job } from './job.ts'
import { deliveryMessage, type AttemptMessage } from './message.ts'
import { isOverdue, nextLookAt } from './schedule.ts'
import { tell } from './tell.ts'

// What becomes of a message whose attempt is not made now: it goes back into the queue, or there is nothing left to do but to tell.

/** Milliseconds for which a message waits for its delivery: whoever sends one anew sends the message first. */
const ARRIVAL_MS_MAX = 60_000

/** Seconds from one look for it to the next. */
const ARRIVAL_LOOK_SECONDS = 2

/** Milliseconds over which those spread out that wait for the same moment. */
const SPREAD_MS = 1_000

/** Whether the attempt is the next one of a delivery; somebody may have claimed it. */
export function isNext(
  { attempt }: Pick<AttemptMessage, 'attempt'>,
  delivery: DeliveryState,
): boolean {
  return delivery.attempts.length === attempt - 1 && !hasEnded(delivery)
}

function hasEnded({ status }: DeliveryState): boolean {
  return status === 'success' || status === 'failed'
}

/** A message whose attempt cannot be claimed: what is left to do depends on what is on file. */
export async function handleOther(
  courier: Courier,
  message: Omit<AttemptMessage, 'kind'>,
  found: DeliveryState | undefined,
): Promise<void> {
  const { attempt: wanted, dueAt } = message
  if (found !== undefined && isNext(message, found)) {
    // Under way. Whoever makes it may have crashed.
    await sendBack(courier, message, found.leasedUntil ?? courier.clock.now())
    return
  }
  const isPast = found !== undefined && (found.attempts.length >= wanted || hasEnded(found))
  // Somebody crashed before doing what follows from the result; the order of states says that it is done once more at most.
  if (isPast && !found.isTold) await tell(courier, found)
  // Ended, and about to be sent anew; or about to be put on file.
  const mayCome = found === undefined || found.attempts.length === wanted - 1
  if (!mayCome || courier.clock.now() - dueAt >= ARRIVAL_MS_MAX) return
  const again = deliveryMessage(message, courier.clock.now())
  await courier.bus.sendMessages('deliveries', [{ ...again, delaySeconds: ARRIVAL_LOOK_SECONDS }])
}

/** Has a job wait for room at its endpoint, or behind the probe of one that fails. */
export async function waitWithout(courier: Courier, job: Job, without: NoSlot): Promise<void> {
  const { clock, ids } = courier
  const now = clock.now()
  const random = ids.random()
  const dueAt =
    without.status === 'full'
      ? nextLookAt(now, { random, isProven: without.isProven })
      : instant(without.probeAt + SPREAD_MS * random)
  await wait(courier, job, dueAt)
}

/** Puts a delivery on file, if it is not, and its message back: it waits for that moment, unless it has waited for too long. */
async function wait(courier: Courier, job: Job, dueAt: Instant): Promise<void> {
  const { store, clock } = courier
  const delivery = job.delivery ?? (await putQueued(courier, job))
  if (delivery === undefined) return
  const message = { ...job, deliveryId: delivery.deliveryId }
  if (!isOverdue(delivery.since, clock.now())) {
    await sendBack(courier, message, dueAt)
    return
  }
  const ended = await endDelivery(store, delivery, 'receiver failed for too long')
  if (ended.status === 'applied') await tell(courier, ended.delivery)
  else await handleOther(courier, message, ended.delivery)
}

/** Puts a notice's delivery on file to wait; undefined where it was on file, and everything is done. */
async function putQueued(courier: Courier, job: Job): Promise<DeliveryState | undefined> {
  const put = await putDelivery(courier.store, job)
  if (put.status === 'applied') return put.delivery
  const { delivery: found } = put
  if (found === undefined || (isNext(job, found) && found.leasedUntil === undefined)) return found
  await handleOther(courier, { ...job, deliveryId: found.deliveryId }, found)
  return undefined
}

/** Sends a message again, to be seen at that moment, or to look before. */
export async function sendBack(
  { bus, clock, webhooks }: Courier,
  message: Omit<AttemptMessage, 'kind'>,
  dueAt: Instant,
): Promise<void> {
  const again = deliveryMessage({ ...message, dueAt }, clock.now(), webhooks.lookSeconds)
  await bus.sendMessages('deliveries', [again])
}
