import { instant, type Instant } from '../clock.ts'
import type { Notice } from '../rules/notice.ts'
import { plainJson } from '../plain-text.ts'
import type { WebhookEndpoint } from '../records/webhook.ts'
import { getDelivery } from '../store/webhooks/deliveries.ts'
import { endDelivery } from '../store/webhooks/delivery-attempts.ts'
import { deliveryIdOf, type DeliveryState } from '../store/webhooks/delivery-items.ts'
import { readHealth, type HealthItem } from '../store/webhooks/endpoint-health.ts'
import { getWebhook } from '../store/webhooks/webhook-endpoints.ts'
import { recordInterrupted } from './attempt.ts'
import type { Courier } from './courier.ts'
import { drawMore } from './draw-more.ts'
import { LEASE_MS, type Job } from './job.ts'
import { makeAttempts, type Failures } from './make-attempts.ts'
import { readMessage, type AttemptMessage, type NoticeMessage } from './message.ts'
import { handleOther, isNext, sendBack } from './put-back.ts'
import { ENDPOINT_DELETED, ENDPOINT_DISABLED, tell } from './tell.ts'

// Messages of the queue, each of which may come twice, late, in any order, and to two processes at once. A run handles some together:
// each is looked at by itself (1, 2), and then what wants an attempt at one endpoint is done as one. A run that was handed as many as it
// can be takes more by itself where an endpoint takes more notices in a request.
//
// 1. A message that is early goes back, to look again soon: unless its endpoint has come up meanwhile, or was changed. Then it waits no more.
// 2. The endpoint's record decides: rules on the bus change late. What nobody wants any more ends here.
// 3. Slots at the endpoint are taken. Without one a delivery is put on file and its message goes back: it waits in the
//    queue for room, or behind the probe of an endpoint that fails.
// 4. The attempt is claimed: put if absent for the first one, by the number of attempts on file for the others.
// 5. It is made, and its result is recorded; then the slot is given back with what it says of the endpoint.
// 6. What follows from the result is sent: the message for the next attempt, or the dead letter; that this was done is noted.
//
// After a crash at any point the message comes again. It finds the claim, waits until that has run out, and then records that the
// attempt was interrupted, which is followed by the next one; or it finds the result, and does step 6. So a message is handled twice
// at most for each attempt, and the queue, which sets it aside after five times, does not lose a delivery that ends its process
// again and again. A message whose attempt somebody else has made, told and all, is dropped.

/** Handles messages; answers for each why it must come again, undefined where it need not. */
export async function deliver(
  courier: Courier,
  bodies: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const { bus, log } = courier
  const run = openRun(courier)
  const failures: Failures = new Map()
  const handed = await lookAtAll(run, bodies, { failures, from: 0 })
  const drawn = await drawMore(courier, bodies.length, byEndpoint(handed))
  const more = drawn.map(({ body }) => body)
  const others = await lookAtAll(run, more, { failures, from: bodies.length })
  const jobs = byEndpoint([...handed, ...others])
  const made = await Promise.all(jobs.map((some) => makeAttempts(courier, some)))
  const all = new Map([failures, ...made].flatMap((some) => [...some]))
  const errorOf = (index: number) => all.get(bodies.length + index)
  const done = drawn.filter((_, index) => errorOf(index) === undefined)
  for (const error of drawn.map((_, index) => errorOf(index)))
    if (error !== undefined) log({ level: 'error', worker: 'deliver-webhook', error })
  if (done.length > 0) await bus.deleteMessages('deliveries', done)
  return bodies.map((_, place) => all.get(place))
}

/** Looks at messages, each by itself; answers the attempts that they ask for. */
async function lookAtAll(
  run: Run,
  bodies: readonly string[],
  { failures, from }: { failures: Failures; from: number },
): Promise<Job[]> {
  const looked = await Promise.allSettled(
    bodies.map((body, index) => look(run, body, from + index)),
  )
  return looked.flatMap((outcome, index) => {
    if (outcome.status === 'rejected') failures.set(from + index, String(outcome.reason))
    return outcome.status === 'rejected' || outcome.value === undefined ? [] : [outcome.value]
  })
}

function byEndpoint(jobs: readonly Job[]): [Job, ...Job[]][] {
  const found = new Map<string, [Job, ...Job[]]>()
  for (const job of jobs) {
    const some = found.get(job.endpointId)
    if (some === undefined) found.set(job.endpointId, [job])
    else some.push(job)
  }
  return [...found.values()]
}

/** A run reads an endpoint's record and health once, however many of its messages are for it. */
interface Run extends Courier {
  readonly endpointOf: (workspaceId: string, endpointId: string) => ReturnType<typeof getWebhook>
  readonly healthOf: (endpointId: string) => Promise<HealthItem | undefined>
}

function openRun(courier: Courier): Run {
  const { store } = courier
  const endpoints = new Map<string, ReturnType<typeof getWebhook>>()
  const healths = new Map<string, ReturnType<typeof readHealth>>()
  return {
    ...courier,
    endpointOf: (workspaceId, endpointId) =>
      kept(endpoints, `${workspaceId}\n${endpointId}`, () =>
        getWebhook(store, workspaceId, endpointId),
      ),
    healthOf: (endpointId) => kept(healths, endpointId, () => readHealth(store, endpointId)),
  }
}

function kept<T>(all: Map<string, T>, key: string, make: () => T): T {
  const found = all.get(key) ?? make()
  all.set(key, found)
  return found
}

/** Looks at one message, and does what is to be done without an attempt; answers the attempt that it asks for, if it does. */
async function look(run: Run, body: string, place: number): Promise<Job | undefined> {
  const message = readMessage(body)
  if (message === undefined) {
    const letter = plainJson({ reason: 'message cannot be read', message: body })
    await run.bus.sendMessages('deadLetters', [{ body: letter }])
    return undefined
  }
  if (message.kind === 'notice') return lookAtNotice(run, message, place)
  if (message.dueAt > run.clock.now() && !(await needNotWait(run, message))) {
    await sendBack(run, message, message.dueAt)
    return undefined
  }
  return lookAtAttempt(run, message, place)
}

/** Whether the endpoint is well again since the delivery was last tried, or put on file to wait. */
async function needNotWait(
  { store, healthOf }: Run,
  { endpointId, deliveryId }: AttemptMessage,
): Promise<boolean> {
  const { rc: recoveredAt, pa: probeAt } = (await healthOf(endpointId)) ?? {}
  if (recoveredAt === undefined || probeAt !== undefined) return false
  const delivery = await getDelivery(store, endpointId, deliveryId)
  if (delivery === undefined) return false
  return recoveredAt >= (delivery.attempts.at(-1)?.at ?? delivery.createdAt)
}

async function lookAtNotice(
  run: Run,
  { endpointId, notice }: NoticeMessage,
  place: number,
): Promise<Job | undefined> {
  const { workspaceId } = notice
  const { store, clock, endpointOf } = run
  const endpoint = await endpointOf(workspaceId, endpointId)
  const wanted = { endpointId, workspaceId, attempt: 1, dueAt: clock.now() }
  if (endpoint !== undefined && isWanted(endpoint, notice)) {
    return { ...wanted, place, endpoint, notice, delivery: undefined }
  }
  // Whoever had the message before may have begun, and crashed: what is on file must come to its end.
  const deliveryId = deliveryIdOf(notice)
  const delivery = await getDelivery(store, endpointId, deliveryId)
  if (delivery === undefined) return undefined
  return lookAtAttempt(run, { kind: 'attempt', ...wanted, deliveryId }, place)
}

function isWanted({ deletedAt, isEnabled, types }: WebhookEndpoint, { type }: Notice): boolean {
  return deletedAt === undefined && isEnabled && types.some((wanted) => wanted === type)
}

async function lookAtAttempt(
  run: Run,
  message: AttemptMessage,
  place: number,
): Promise<Job | undefined> {
  const { store, clock } = run
  const { endpointId, workspaceId, deliveryId } = message
  const delivery = await getDelivery(store, endpointId, deliveryId)
  if (delivery === undefined || !isNext(message, delivery)) {
    await handleOther(run, message, delivery)
    return undefined
  }
  const { leasedUntil } = delivery
  if (leasedUntil !== undefined) {
    if (leasedUntil > clock.now()) await sendBack(run, message, leasedUntil)
    else await endInterrupted(run, message, { delivery, leasedUntil })
    return undefined
  }
  const endpoint = await run.endpointOf(workspaceId, endpointId)
  const end = endOf(endpoint, delivery)
  if (endpoint !== undefined && end === undefined) {
    return { ...message, place, endpoint, delivery, notice: delivery.notice }
  }
  const ended = await endDelivery(store, delivery, end ?? ENDPOINT_DELETED)
  if (ended.status === 'refused') await handleOther(run, message, ended.delivery)
  return undefined
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
