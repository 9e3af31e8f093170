import type { Notice } from '../../rules/notice.ts'
import type { Delivery, WebhookEndpoint } from '../../records/webhook.ts'
import * as deliveries from './deliveries.ts'
import * as attempts from './delivery-attempts.ts'
import { deliveryIdOf, type DeliveryState } from './delivery-items.ts'
import {
  getHealth,
  giveBackSlot,
  takeSlot,
  type Slot,
  type SlotUse,
  type SlotWanted,
} from './endpoint-health.ts'
import type { PageRequest } from '../table/listings.ts'
import type { Port } from '../table/port.ts'
import type { Receipt, ReceiptFor } from '../table/receipts.ts'
import * as replays from './replays.ts'
import * as webhooks from './webhook-endpoints.ts'

// The part of the store that webhooks need, bound to a table.

/** The calls about webhook endpoints. */
export function webhooksOf(port: Port) {
  return {
    createWebhook: (
      endpoint: Omit<WebhookEndpoint, 'version'>,
      receiptFor: ReceiptFor<WebhookEndpoint>,
      counted?: webhooks.WebhooksCounted,
    ) => webhooks.createWebhook(port, endpoint, { receiptFor, counted }),
    /** How many a workspace has, for whoever makes one more. */
    countWebhooks: (workspaceId: string) => webhooks.countWebhooks(port, workspaceId),
    /** Finds deleted endpoints too, while their deliveries can be read. */
    getWebhook: (workspaceId: string, endpointId: string) =>
      webhooks.getWebhook(port, workspaceId, endpointId),
    listWebhooks: (workspaceId: string) => webhooks.listWebhooks(port, workspaceId),
    listAllWebhooks: () => webhooks.listAllWebhooks(port),
    /** Moves what an earlier version wrote to where it is looked for now. */
    moveWebhooks: () => webhooks.moveWebhooks(port),
    replaceWebhook: (after: WebhookEndpoint, receiptFor: ReceiptFor<WebhookEndpoint>) =>
      webhooks.replaceWebhook(port, after, receiptFor),
    deleteWebhook: (endpoint: WebhookEndpoint, receipt?: Receipt) =>
      webhooks.deleteWebhook(port, endpoint, receipt),
    getHealth: (endpointId: string) => getHealth(port, endpointId),
  }
}

/** The calls about their deliveries, one at a time or many. */
export function deliveriesOf(port: Port) {
  return {
    deliveryIdOf,
    getDelivery: (endpointId: string, deliveryId: string) =>
      deliveries.getDelivery(port, endpointId, deliveryId),
    listDeliveries: (endpointId: string, request: PageRequest) =>
      deliveries.listDeliveries(port, endpointId, request),
    /** The oldest deliveries of notices of a time, as many as the limit says. */
    findDeliveries: (endpointId: string, range: replays.DeliveryRange) =>
      replays.findDeliveries(port, endpointId, range),
    whyNotRequeue: replays.whyNotRequeue,
    requeueDeliveries: (found: readonly Delivery[]) => replays.requeueDeliveries(port, found),
    queueDelivery: (
      wanted: { endpointId: string; notice: Notice },
      receiptFor?: ReceiptFor<Delivery>,
    ) => deliveries.queueDelivery(port, wanted, receiptFor),
    requeueDelivery: (
      wanted: Pick<Delivery, 'endpointId' | 'deliveryId'>,
      receiptFor?: ReceiptFor<Delivery>,
    ) => deliveries.requeueDelivery(port, wanted, receiptFor),
    ...attemptsOf(port),
  }
}

function attemptsOf(port: Port) {
  return {
    putDelivery: (sent: { endpointId: string; notice: Notice }, claim?: attempts.Claim) =>
      attempts.putDelivery(port, sent, claim),
    claimDelivery: (delivery: DeliveryState, claim: attempts.Claim) =>
      attempts.claimDelivery(port, delivery, claim),
    recordAttempt: (claimed: DeliveryState, result: attempts.AttemptResult) =>
      attempts.recordAttempt(port, claimed, result),
    endDelivery: (delivery: DeliveryState, failure: string) =>
      attempts.endDelivery(port, delivery, failure),
    markTold: (told: DeliveryState) => attempts.markTold(port, told),
    takeSlot: (endpointId: string, wanted: SlotWanted) => takeSlot(port, endpointId, wanted),
    giveBackSlot: (endpointId: string, given: Slot & { use: SlotUse }) =>
      giveBackSlot(port, endpointId, given),
  }
}
