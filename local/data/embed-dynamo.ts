import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { engineDocuments, engineStreams } from './engine-documents.ts'
import { explain, type DataFolder } from './data-folder.ts'
import { createEngine, type Engine } from '@holdfast/dynamodb/engine'
import { inProcess } from '@holdfast/dynamodb/in-process'
import { serveDynamo } from '@holdfast/dynamodb/server'
import { inTurns } from './in-turns.ts'
import { memoryPosition, type StreamPosition } from './stream-position.ts'

export interface EmbeddedDynamo {
  /** What the SDK must find in the environment to speak to it. */
  readonly environment: Record<string, string>
  /** Answers the store in this process, without the SDK's client in between. */
  readonly documents: DynamoDBDocumentClient
  /** The same for whoever reads the table's stream. */
  readonly streams: ReturnType<typeof engineStreams>
  /** Answers the SDK in this process, without a socket in between. */
  readonly requestHandler: NonNullable<DynamoDBClientConfig['requestHandler']>
  /** Deletes what its TTL or age has ended; never fails. */
  readonly sweep: () => Promise<void>
  /** How far the workers are. In memory the stream keeps little of what they are done with, or it would grow with every change. */
  readonly position: StreamPosition
  readonly close: () => Promise<void>
}

/** Starts an embedded DynamoDB over a data folder, or in memory; refuses a folder in words that name it. */
export async function embedDynamo(
  folder: DataFolder | undefined,
  tell: (text: string) => void,
): Promise<EmbeddedDynamo> {
  const engine = await openEngine(folder, tell)
  const wire = await serveDynamo(engine)
  return {
    documents: engineDocuments(engine),
    streams: engineStreams(engine),
    requestHandler: inTurns(inProcess(engine)),
    environment: {
      AWS_ENDPOINT_URL_DYNAMODB: wire.url,
      AWS_ENDPOINT_URL_DYNAMODB_STREAMS: wire.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    // A sweep that fails is made good by the next one; why writing failed was told already.
    sweep: () =>
      engine.expireItems().then(
        () => undefined,
        () => undefined,
      ),
    position: folder?.position ?? forgetting(engine),
    close: async () => {
      await wire.close()
      await engine.close()
    },
  }
}

function forgetting(engine: Engine): StreamPosition {
  const known = memoryPosition()
  return {
    read: (streamArn) => known.read(streamArn),
    write: async (streamArn, sequenceNumber) => {
      await known.write(streamArn, sequenceNumber)
      await engine.forgetRead(streamArn, sequenceNumber)
    },
  }
}

async function openEngine(
  folder: DataFolder | undefined,
  tell: (text: string) => void,
): Promise<Engine> {
  if (folder === undefined) return createEngine()
  const { path, databasePath } = folder
  try {
    return await createEngine({
      path: databasePath,
      onWriteFailure: (error) => {
        const { message } = explain(path, error)
        tell(
          `${message} Until Holdfast is started again it answers what it knows and refuses every change.\n`,
        )
      },
    })
  } catch (error) {
    throw explain(path, error)
  }
}
