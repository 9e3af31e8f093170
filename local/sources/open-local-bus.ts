import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { SQSClient } from '@aws-sdk/client-sqs'
import { openBus, type Bus } from '../../lib/bus/bus.ts'
import { openBusPort, type BusNames } from '../../lib/bus/port.ts'
import { systemClock } from '../../lib/clock.ts'
import { secureIds } from '../../lib/ids.ts'
import { busVariables, shareBus } from '../../lib/open-bus.ts'
import { createQueues } from './create-queues.ts'
import type { DataFolder } from '../data/data-folder.ts'
import { embedMessaging } from './embed-messaging.ts'
import type { MessagingClients } from './engine-clients.ts'

/** The bus and the queues of a running local product. */
export interface LocalBus {
  readonly bus: Bus
  readonly queues: MessagingClients['queues']
  readonly names: BusNames
}

/** How the clients of this process reach the embedded services, which take any credentials. */
const anyone = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
}

/**
 * Starts an embedded EventBridge and SQS unless the environment names others, creates bus and queues, and writes into the
 * environment what the handlers look for there.
 */
export async function openLocalBus(
  environment: NodeJS.ProcessEnv,
  {
    folder,
    port = 0,
    log,
    stops,
  }: {
    folder: DataFolder | undefined
    port?: number
    log: (line: object) => void
    stops: (() => Promise<void>)[]
  },
): Promise<LocalBus> {
  const isEmbedded = environment['AWS_ENDPOINT_URL_SQS'] === undefined
  let client: Parameters<typeof openBusPort>[0]['client'] = {}
  let direct: MessagingClients | undefined
  if (isEmbedded) {
    const messaging = await embedMessaging(folder, {
      port,
      tell: (text) => process.stderr.write(text),
      onUndelivered: (undelivered) => {
        log({ level: 'error', error: 'An event was not delivered', ...undelivered })
      },
    })
    stops.push(() => messaging.close())
    Object.assign(environment, messaging.environment)
    client = { ...anyone, endpoint: messaging.url, requestHandler: messaging.requestHandler }
    direct = messaging.clients
  }
  const clients = { events: new EventBridgeClient(client), queues: new SQSClient(client) }
  const names = await createQueues(clients)
  for (const name of Object.keys(busVariables) as (keyof BusNames)[]) {
    environment[busVariables[name]] = names[name]
  }
  environment['HOLDFAST_WEBHOOKS_TO_LOOPBACK'] ??= 'allowed'
  // Whoever tries webhooks out starts and stops receivers, and does not wait a minute for each.
  environment['HOLDFAST_WEBHOOK_LOOK_SECONDS'] ??= '2'
  const clock = systemClock
  const busPort = { ...openBusPort({ client, names, clock, ids: secureIds(clock) }), ...direct }
  const bus = openBus(busPort)
  if (isEmbedded) shareBus(bus)
  return { bus, queues: busPort.queues, names }
}
