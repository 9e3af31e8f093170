import type { Notice } from '../rules/notice.ts'
import type { BusPort } from './port.ts'
import { putNotices } from './put-notices.ts'
import { deleteMessages, receiveMessages, type Received } from './receive-messages.ts'
import { listRules, putRule, removeRule, ruleFor, targetOf, type RuleSource } from './rules.ts'
import { offerMessages, sendMessages, type Message, type QueueName } from './send-messages.ts'

/** The bus as actions and workers see it: every call bound to one installation's bus and queues. */
export type Bus = ReturnType<typeof openBus>

/** Binds the functions of the bus; makes no call itself. */
export function openBus(port: BusPort) {
  return {
    putNotices: (notices: readonly Notice[]) => putNotices(port, notices),
    putRule: (source: RuleSource) => putRule(port, source),
    removeRule: (endpointId: string) => removeRule(port, endpointId),
    listRules: () => listRules(port),
    targetOf: (endpointId: string) => targetOf(port, endpointId),
    ruleFor: (source: RuleSource) => ruleFor(port, source),
    sendMessages: (queue: QueueName, messages: readonly Message[]) =>
      sendMessages(port, queue, messages),
    offerMessages: (queue: QueueName, messages: readonly Message[]) =>
      offerMessages(port, queue, messages),
    receiveMessages: (queue: QueueName, count: number) => receiveMessages(port, queue, count),
    deleteMessages: (queue: QueueName, done: readonly Received[]) =>
      deleteMessages(port, queue, done),
  }
}
