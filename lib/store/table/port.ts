import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Clock } from '../../clock.ts'
import type { Ids } from '../../ids.ts'
import { openDocuments } from './documents.ts'
import { BATCH_STATEMENTS_MAX, TRANSACTION_ITEMS_MAX } from '../../limits/aws-limits.ts'

/** What every store function works with. */
export interface Port {
  readonly tableName: string
  /** Retries by itself what got lost: reading twice is harmless. What is throttled is asked again by `throttled.ts`. */
  readonly reader: DynamoDBDocumentClient
  /** Never retries: a retry inside the SDK would hide a lost answer. */
  readonly writer: DynamoDBDocumentClient
  readonly clock: Clock
  readonly ids: Ids
  /** Items that one transaction may have; a commit of more takes the long way. */
  readonly transactionItemsMax: number
  /** Statements that one request may have; with one, each write is sent alone and as no statement. */
  readonly statementsMax: number
  /** Writes one line; never hand it keys, tokens or bodies. */
  readonly log: (line: Record<string, unknown>) => void
}

/** Attempts of one read, the first included. */
const READ_ATTEMPTS_MAX = 4

/** Opens the two clients; both share the configuration, their retry behaviour is pinned here. */
export function openPort(options: {
  tableName: string
  client: DynamoDBClientConfig
  /** What answers instead of a client: an engine in this process that loses no answer. */
  documents?: DynamoDBDocumentClient
  clock: Clock
  ids: Ids
  log: Port['log']
}): Port {
  const open = (attemptsMax: number) =>
    options.documents ?? openDocuments({ config: options.client, attemptsMax })
  return {
    tableName: options.tableName,
    reader: open(READ_ATTEMPTS_MAX),
    writer: open(1),
    clock: options.clock,
    ids: options.ids,
    transactionItemsMax: TRANSACTION_ITEMS_MAX,
    statementsMax: BATCH_STATEMENTS_MAX,
    log: options.log,
  }
}

/** Backoff between rounds, in milliseconds: full jitter under a ceiling that doubles from BASE to MAX. */
const JITTER_BASE_MS = 20
const JITTER_MAX_MS = 640

/** Waits after round `attempt` (1, 2, …) of anything that lost a race. */
export async function backOff(port: Pick<Port, 'clock' | 'ids'>, attempt: number) {
  await port.clock.sleep(pauseAfter(port, attempt))
}

/** Milliseconds to wait after attempt `attempt` (1, 2, …), at random. */
export function pauseAfter({ ids }: Pick<Port, 'ids'>, attempt: number): number {
  const ceiling = Math.min(JITTER_MAX_MS, JITTER_BASE_MS * 2 ** attempt)
  return Math.max(1, Math.ceil(ids.random() * ceiling))
}
