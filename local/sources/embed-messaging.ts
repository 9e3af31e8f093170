import type { SQSClientConfig } from '@aws-sdk/client-sqs'
import { explain, type DataFolder } from '../data/data-folder.ts'
import type { Undelivered } from '@holdfast/eventbridge/core'
import { openMessaging, type Messaging } from '@holdfast/eventbridge/open-messaging'
import { inProcess } from '@holdfast/embedded/in-process'
import { engineClients, type MessagingClients } from './engine-clients.ts'
import { openLevelVault } from '@holdfast/embedded/level-vault'
import { serveEngine } from '@holdfast/embedded/server'

export interface EmbeddedMessaging {
  readonly url: string
  /** What the SDK must find in the environment to speak to it. */
  readonly environment: Record<string, string>
  /** Answers the SDK in this process, without a socket in between. */
  readonly requestHandler: NonNullable<SQSClientConfig['requestHandler']>
  /** Call it in this process, without the SDK's clients in between. */
  readonly clients: MessagingClients
  readonly close: () => Promise<void>
}

interface Place {
  /** Any free one when it is 0. */
  readonly port?: number
}

interface Listeners {
  /** Takes a sentence for whoever started the product. */
  readonly tell: (text: string) => void
  readonly onUndelivered: (event: Undelivered) => void
}

/** Starts an embedded EventBridge and SQS over a data folder, or in memory; refuses a folder in words that name it. */
export async function embedMessaging(
  folder: DataFolder | undefined,
  { port = 0, tell, onUndelivered }: Listeners & Place,
): Promise<EmbeddedMessaging> {
  const messaging = await open(folder, { tell, onUndelivered })
  const wire = await serveEngine(messaging, { port })
  return {
    url: wire.url,
    requestHandler: inProcess(messaging),
    clients: engineClients(messaging, wire.url),
    environment: { AWS_ENDPOINT_URL_EVENTBRIDGE: wire.url, AWS_ENDPOINT_URL_SQS: wire.url },
    close: async () => {
      await wire.close()
      await messaging.close()
    },
  }
}

async function open(
  folder: DataFolder | undefined,
  { tell, onUndelivered }: Listeners,
): Promise<Messaging> {
  if (folder === undefined) return openMessaging({ onUndelivered })
  const { path, messagesPath } = folder
  try {
    const kept = await openLevelVault({
      path: messagesPath,
      onWriteFailure: (error) => {
        const { message } = explain(path, error)
        tell(`${message} Until Holdfast is started again it sends no notices.\n`)
      },
    })
    return openMessaging({ ...kept, onUndelivered })
  } catch (error) {
    throw explain(path, error)
  }
}
