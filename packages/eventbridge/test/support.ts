import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { SQSClient } from '@aws-sdk/client-sqs'
import { inProcess } from '@holdfast/embedded/in-process'
import { movedClock, type MovedClock } from '@holdfast/embedded/moved-clock'
import { clientOptions } from '@holdfast/sqs/testing'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Undelivered } from '../src/core.ts'
import { openMessaging, type Messaging, type MessagingOptions } from '../src/open-messaging.ts'

export interface Services {
  readonly clock: MovedClock
  readonly engine: Messaging
  readonly events: EventBridgeClient
  readonly queues: SQSClient
  readonly undelivered: Undelivered[]
}

/** Both services in memory, without a queue or a rule, with the SDK's clients. */
export function openServices(options: Omit<MessagingOptions, 'clock'> = {}): Services {
  const clock = movedClock()
  const undelivered: Undelivered[] = []
  const engine = openMessaging({
    ...options,
    clock,
    onUndelivered: (event) => undelivered.push(event),
  })
  const config = {
    ...clientOptions,
    endpoint: 'http://messaging.localhost',
    requestHandler: inProcess(engine),
  }
  return {
    clock,
    engine,
    undelivered,
    events: new EventBridgeClient(config),
    queues: new SQSClient(config),
  }
}

/** A new folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'eventbridge-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
