import { instant, type Instant } from '../clock.ts'
import type { Notice } from '../rules/notice.ts'
import { plainJson } from '../plain-text.ts'
import type { WebhookEndpoint } from '../records/webhook.ts'
import { deliveryIdOf, type DeliveryState } from '../store/webhooks/delivery-items.ts'
import {
  takeSlot,
  giveBackSlot,
  type Slot,
  type SlotUse,
  getHealth,
} from '../store/webhooks/endpoint-health.ts'
import { attempt, recordInterrupted, useOf } from './attempt.ts'
import type { Courier } from './courier.ts'
import { deliveryMessage, readMessage, type AttemptMessage, type NoticeMessage } from './message.ts'
import { isOverdue, nextLookAt } from './schedule.ts'
import { ENDPOINT_DELETED, ENDPOINT_DISABLED, tell } from './tell.ts'
import { getWebhook } from '../store/webhooks/webhook-endpoints.ts'
import { getDelivery } from '../store/webhooks/deliveries.ts'
import { endDelivery, putDelivery, claimDelivery } from '../store/webhooks/delivery-attempts.ts'

// One message of the queue, which may come twice, late, in any order, and to two processes at once:
//
// 1. A message that is early goes back, to look again soon: unless its endpoint has come up meanwhile, or was changed. Then it waits no more.
// 2. The endpoint's record decides: rules on the bus change late. What nobody wants any more ends here.
// 3. A slot at the endpoint is taken. Without one the delivery is put on file and its message goes back: it waits in the
//    queue for room, or behind the probe of an endpoint that fails.
// 4. The attempt is claimed: put if absent for the first one, by the number of attempts on file for the others.
// 5. It is made, and its result is recorded; then the slot is given back with what it says of the endpoint.
// 6. What follows from the result is sent: the message for the next attempt, or the dead letter; that this was done is noted.
//
// After a crash at any point the message comes again. It finds the claim, waits until that has run out, and then records that the
// attempt was interrupted, which is followed by the next one; or it finds the result, and does step 6. So a message is handled twice
// at most for each attempt, and the queue, which sets it aside after five times, does not lose a delivery that ends its process
// again and again. A message whose attempt somebody else has made, told and all, is dropped.

/** Milliseconds that a claim and a slot hold: four times what an exchange can take. */
const LEASE_MS = 60_000

/** Milliseconds until another probe may be made while one is under way: a little more than an exchange can take. */
const PROBE_LEASE_MS = 20_000

/** Milliseconds for which a message waits for its delivery: whoever sends one anew sends the message first. */
const ARRIVAL_MS_MAX = 60_000

/** Seconds from one look for it to the next. */
const ARRIVAL_LOOK_SECONDS = 2

/** Milliseconds over which those spread out that wait for the same moment. */
const SPREAD_MS = 1_000

/** Handles one message; throws where it must come again. */
export async function deliver(courier: Courier, body: string): Promise<void> {
  const message = readMessage(body)
  if (message === undefined) {
    const letter = plainJson({ reason: 'message cannot be read', message: body })
    await courier.bus.sendMessages('deadLetters', [{ body: letter }])
  } else if (message.kind === 'notice') await deliverNotice(courier, message)
  else if (message.dueAt > courier.clock.now() && !(await needNotWait(courier, message)))
    await sendBack(courier, message, message.dueAt)
  else await deliverAttempt(courier, message)
}

/** Whether the endpoint is well again since the delivery was last tried, or put on file to wait. */
async function needNotWait(
  { store }: Courier,
  { endpointId, deliveryId }: AttemptMessage,
): Promise<boolean> {
  const { recoveredAt, probeAt } = (await getHealth(store, endpointId)) ?? {}
  if (recoveredAt === undefined || probeAt !== undefined) return false
  const delivery = await getDelivery(store, endpointId, deliveryId)
  if (delivery === undefined) return false
  return recoveredAt >= (delivery.attempts.at(-1)?.at ?? delivery.createdAt)
}

/** An attempt that a message asks for: of a delivery on file, or of a notice that has none yet. */
interface Job extends Omit<AttemptMessage, 'kind' | 'deliveryId'> {
  readonly endpoint: WebhookEndpoint
  readonly notice: Notice
  readonly delivery: DeliveryState | undefined
}

async function deliverNotice(courier: Courier, { endpointId, notice }: NoticeMessage) {
  const { workspaceId } = notice
  const { store, clock } = courier
  const endpoint = await getWebhook(store, workspaceId, endpointId)
  const wanted = { endpointId, workspaceId, attempt: 1, dueAt: clock.now() }
  if (endpoint !== undefined && isWanted(endpoint, notice)) {
    await take(courier, { ...wanted, endpoint, notice, delivery: undefined })
    return
  }
  // Whoever had the message before may have begun, and crashed: what is on file must come to its end.
  const deliveryId = deliveryIdOf(notice)
  const delivery = await getDelivery(store, endpointId, deliveryId)
  if (delivery === undefined) return
  await deliverAttempt(courier, { kind: 'attempt', ...wanted, deliveryId })
}

function isWanted({ deletedAt, isEnabled, types }: WebhookEndpoint, { type }: Notice): boolean {
  return deletedAt === undefined && isEnabled && types.some((wanted) => wanted === type)
}

async function deliverAttempt(courier: Courier, message: AttemptMessage): Promise<void> {
  const { store } = courier
  const { endpointId, workspaceId, deliveryId } = message
  const delivery = await getDelivery(store, endpointId, deliveryId)
  if (delivery === undefined || !isNext(message, delivery)) {
    await handleOther(courier, message, delivery)
    return
  }
  if (delivery.leasedUntil !== undefined && delivery.leasedUntil > courier.clock.now()) {
    await sendBack(courier, message, delivery.leasedUntil)
    return
  }
  if (delivery.leasedUntil !== undefined) {
    await endInterrupted(courier, message, { delivery, leasedUntil: delivery.leasedUntil })
    return
  }
  const endpoint = await getWebhook(store, workspaceId, endpointId)
  const end = endOf(endpoint, delivery)
  if (endpoint !== undefined && end === undefined) {
    await take(courier, { ...message, endpoint, delivery, notice: delivery.notice })
    return
  }
  const ended = await endDelivery(store, delivery, end ?? ENDPOINT_DELETED)
  if (ended.status === 'refused') await handleOther(courier, message, ended.delivery)
}

/** Records an attempt whose claim has run out, and does what follows from that. */
async function endInterrupted(
  courier: Courier,
  message: AttemptMessage,
  { delivery, leasedUntil }: { delivery: DeliveryState; leasedUntil: Instant },
): Promise<void> {
  const claimedAt = instant(leasedUntil - LEASE_MS)
  const written = await recordInterrupted(courier, delivery, claimedAt)
  if (written.status === 'applied') await tell(courier, written.delivery)
  else await handleOther(courier, message, written.delivery)
}

/** Why a delivery on file is not attempted again: tests go out to disabled endpoints too. */
function endOf(
  endpoint: WebhookEndpoint | undefined,
  { notice }: DeliveryState,
): string | undefined {
  if (endpoint?.deletedAt !== undefined) return ENDPOINT_DELETED
  if (endpoint?.isEnabled === false && notice.test !== true) return ENDPOINT_DISABLED
  return undefined
}

/** Whether the attempt is the next one of a delivery; somebody may have claimed it. */
function isNext({ attempt }: Pick<AttemptMessage, 'attempt'>, delivery: DeliveryState): boolean {
  return delivery.attempts.length === attempt - 1 && !hasEnded(delivery)
}

function hasEnded({ status }: DeliveryState): boolean {
  return status === 'success' || status === 'failed'
}

/** A message whose attempt cannot be claimed: what is left to do depends on what is on file. */
async function handleOther(
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

async function take(courier: Courier, job: Job): Promise<void> {
  const { store, clock, ids } = courier
  const until = instant(clock.now() + LEASE_MS)
  const probeUntil = instant(clock.now() + PROBE_LEASE_MS)
  // Whoever tries out an endpoint wants to know now.
  const isUrgent = job.notice.test === true && job.attempt === 1
  const taken = await takeSlot(store, job.endpointId, { until, probeUntil, isUrgent })
  switch (taken.status) {
    case 'full':
      return wait(
        courier,
        job,
        nextLookAt(clock.now(), { random: ids.random(), isProven: taken.isProven }),
      )
    case 'failing':
      return wait(courier, job, instant(taken.probeAt + SPREAD_MS * ids.random()))
    case 'taken':
      return attemptWith(courier, job, { ...taken, until })
  }
}

async function attemptWith(
  courier: Courier,
  job: Job,
  { until, slot, probe }: Slot & { until: Instant },
): Promise<void> {
  const { store, ids } = courier
  const { endpointId, endpoint, notice, delivery } = job
  const claim = { claimId: ids.ulid(), until }
  const giveBack = (use: SlotUse) => giveBackSlot(store, endpointId, { slot, probe, use })
  const claimed =
    delivery === undefined
      ? await putDelivery(store, { endpointId, notice }, claim)
      : await claimDelivery(store, delivery, claim)
  if (claimed.status === 'refused') {
    await giveBack({ kind: 'unused' })
    const { deliveryId } = delivery ?? claimed.delivery ?? {}
    if (deliveryId !== undefined)
      await handleOther(courier, { ...job, deliveryId }, claimed.delivery)
    return
  }
  const attempted = await attempt(courier, { endpoint, delivery: claimed.delivery })
  await giveBack(useOf(courier, attempted.posted, probe === undefined ? 0 : probe.failed + 1))
  if (attempted.recorded !== undefined) await tell(courier, attempted.recorded)
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
  const { endpointId, notice } = job
  const put = await putDelivery(courier.store, { endpointId, notice })
  if (put.status === 'applied') return put.delivery
  const { delivery: found } = put
  if (found === undefined || (isNext(job, found) && found.leasedUntil === undefined)) return found
  await handleOther(courier, { ...job, deliveryId: found.deliveryId }, found)
  return undefined
}

/** Sends a message again, to be seen at that moment, or to look before. */
async function sendBack(
  { bus, clock, webhooks }: Courier,
  message: Omit<AttemptMessage, 'kind'>,
  dueAt: Instant,
): Promise<void> {
  const again = deliveryMessage({ ...message, dueAt }, clock.now(), webhooks.lookSeconds)
  await bus.sendMessages('deliveries', [again])
}
