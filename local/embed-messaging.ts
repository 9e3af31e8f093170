import type { SQSClientConfig } from '@aws-sdk/client-sqs'
import { explain, type DataFolder } from './data-folder.ts'
import type { Undelivered } from './messaging/events-core.ts'
import { openMessaging, type Messaging } from './messaging/open-messaging.ts'
import { inProcess } from './messaging/in-process.ts'
import { openLevelVault } from './messaging/level-vault.ts'
import { serveEngine } from './messaging/server.ts'

export interface EmbeddedMessaging {
  readonly url: string
  /** What the SDK must find in the environment to speak to it. */
  readonly environment: Record<string, string>
  /** Answers the SDK in this process, without a socket in between. */
  readonly requestHandler: NonNullable<SQSClientConfig['requestHandler']>
  readonly close: () => Promise<void>
}

interface Listeners {
  /** Takes a sentence for whoever started the product. */
  readonly tell: (text: string) => void
  readonly onUndelivered: (event: Undelivered) => void
}

/** Starts an embedded EventBridge and SQS over a data folder, or in memory; refuses a folder in words that name it. */
export async function embedMessaging(
  folder: DataFolder | undefined,
  { tell, onUndelivered }: Listeners,
): Promise<EmbeddedMessaging> {
  const messaging = await open(folder, { tell, onUndelivered })
  const wire = await serveEngine(messaging)
  return {
    url: wire.url,
    requestHandler: inProcess(messaging),
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
